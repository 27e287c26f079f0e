package io.pubsub.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import io.pubsub.MediaType;
import io.pubsub.folder.FolderContent;
import io.pubsub.folder.FolderDestination;
import io.pubsub.folder.FolderOrder;
import io.pubsub.folder.FolderQueue;
import io.pubsub.folder.FolderState;
import io.pubsub.source.InputException;
import io.pubsub.transport.BackoffPolicy;
import io.pubsub.transport.Delivery;
import io.pubsub.transport.OutboundMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static io.pubsub.test.PubSubAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link FolderQueue}.
 */
class FolderQueueTests {

	@TempDir
	private Path elsewhere;

	@RegisterExtension
	private final FolderFixture folder = new FolderFixture();

	@RegisterExtension
	private final FolderLog log = new FolderLog();

	@Test
	void givesTheFileUnderANameThatTellsWhoHasIt() {
		this.folder.write("a.tsv");
		Delivery delivery = FolderFixture.poll(this.folder.open());
		assertThat(this.folder.names()).singleElement()
			.asString()
			.matches(Pattern
				.compile("a\\.tsv\\.[A-Za-z0-9_-]+-%d-\\w+\\.\\w+\\.wip".formatted(ProcessHandle.current().pid())));
		assertThat(delivery.message().body()).contains(this.folder.path(this.folder.names().get(0)).toString())
			.contains("\"name\":\"a.tsv\"");
	}

	@Test
	void whenAckedDeletesTheFile() {
		this.folder.write("a.tsv");
		Delivery delivery = FolderFixture.poll(this.folder.open());
		delivery.ack();
		assertThat(delivery).isAcked();
		assertThat(this.folder.names()).isEmpty();
	}

	@Test
	void whenAckedMovesTheFileToTheDoneFolder() {
		this.folder.write("a.tsv");
		FolderFixture.poll(this.folder.open(this.folder.builder().done(Path.of("done")))).ack();
		assertThat(this.folder.names()).isEmpty();
		assertThat(this.folder.path("done/a.tsv")).hasContent("content of a.tsv");
	}

	@Test
	void whenThereIsOneOfItsNameInTheDoneFolderKeepsBoth() throws IOException {
		FolderQueue queue = this.folder.open(this.folder.builder().done(this.elsewhere));
		Files.writeString(this.elsewhere.resolve("a.tsv"), "former");
		this.folder.write("a.tsv");
		FolderFixture.await(queue).ack();
		assertThat(this.elsewhere.resolve("a.tsv")).hasContent("former");
		assertThat(this.elsewhere.resolve("a-1.tsv")).hasContent("content of a.tsv");
	}

	@Test
	void whenNackedGivesTheFileBackUnderItsName() {
		this.folder.write("a.tsv");
		FolderQueue queue = this.folder.open(this.folder.builder().backoff(BackoffPolicy.fixed(Duration.ofSeconds(5))));
		FolderFixture.poll(queue).nack(null);
		assertThat(this.folder.names()).containsExactly("a.tsv");
		assertThat(FolderFixture.poll(queue)).isNull();
		this.folder.clock.advance(Duration.ofSeconds(5));
		assertThat(FolderFixture.poll(queue)).hasAttempt(2);
	}

	@Test
	void othersWaitForTheDelayToo() {
		this.folder.write("a.tsv");
		FolderFixture.poll(this.folder.open()).nack(Duration.ofSeconds(5));
		FolderQueue other = this.folder.open();
		assertThat(FolderFixture.poll(other)).isNull();
		this.folder.clock.advance(Duration.ofSeconds(5));
		assertThat(FolderFixture.poll(other)).hasAttempt(2);
	}

	@Test
	void whenReleasedCountsNoAttempt() {
		this.folder.write("a.tsv");
		FolderQueue queue = this.folder.open();
		FolderFixture.poll(queue).release(Duration.ZERO);
		assertThat(FolderFixture.poll(queue)).hasAttempt(1);
	}

	@Test
	void whenThereIsAnotherFileOfItsNameComesBackBesideIt() throws IOException {
		this.folder.write("a.tsv");
		Delivery delivery = FolderFixture.poll(this.folder.open());
		Files.writeString(this.folder.path("a.tsv"), "foreign");
		delivery.nack(Duration.ZERO);
		assertThat(this.folder.names()).containsExactly("a-1.tsv", "a.tsv");
		assertThat(this.folder.path("a.tsv")).hasContent("foreign");
		assertThat(this.folder.path("a-1.tsv")).hasContent("content of a.tsv");
	}

	@Test
	void afterTheLastAttemptMovesTheFileToTheDeadWithTheReason() {
		this.folder.write("a.tsv");
		FolderQueue queue = this.folder.open(this.folder.builder().maxAttempts(2));
		FolderFixture.poll(queue).nack(Duration.ZERO);
		FolderFixture.poll(queue).nack(Duration.ZERO);
		assertThat(this.folder.names()).isEmpty();
		assertThat(this.folder.path("dead/a.tsv")).hasContent("content of a.tsv");
		assertThat(this.folder.path("dead/a.tsv.reason")).content().contains("after 2 attempts");
	}

	@Test
	void whenRejectedMovesTheFileToTheDeadAtOnce() {
		this.folder.write("a.tsv");
		FolderFixture.poll(this.folder.open()).reject("malformed");
		assertThat(this.folder.path("dead/a.tsv.reason")).content().contains("malformed, after 1 attempt\"");
	}

	@Test
	void anotherFileOfTheSameNameStartsAgainAtTheFirstAttempt() throws IOException {
		FolderQueue queue = this.folder.open(this.folder.builder().maxAttempts(2));
		this.folder.write("a.tsv");
		FolderFixture.await(queue).nack(Duration.ofHours(1));
		Files.delete(this.folder.path("a.tsv"));
		Files.writeString(this.folder.path("a.tsv"), "corrected");
		Files.setLastModifiedTime(this.folder.path("a.tsv"), FileTime.fromMillis(1_000));
		assertThat(FolderFixture.await(queue)).hasAttempt(1);
	}

	@Test
	void twoFilesOfTheSameNameHaveDifferentIds() throws IOException {
		FolderQueue queue = this.folder.open();
		this.folder.write("a.tsv");
		Delivery first = FolderFixture.await(queue);
		first.ack();
		this.folder.write("a.tsv");
		Files.setLastModifiedTime(this.folder.path("a.tsv"), FileTime.fromMillis(1_000));
		assertThat(FolderFixture.await(queue).message().id()).isNotEqualTo(first.message().id());
	}

	@Test
	void putMovesTheFile() throws IOException {
		Path file = Files.writeString(this.elsewhere.resolve("a.tsv"), "content");
		assertThat(this.folder.open().put(file)).isEqualTo(this.folder.path("a.tsv")).hasContent("content");
		assertThat(file).doesNotExist();
	}

	@Test
	void putCopyLeavesTheOriginal() throws IOException {
		Path file = Files.writeString(this.elsewhere.resolve("a.tsv"), "content");
		assertThat(this.folder.open().putCopy(file)).hasContent("content");
		assertThat(file).hasContent("content");
		assertThat(this.folder.names()).containsExactly("a.tsv");
	}

	@Test
	void putRefusesAnExistingName() throws IOException {
		this.folder.write("a.tsv");
		Path file = Files.writeString(this.elsewhere.resolve("a.tsv"), "other");
		FolderQueue queue = this.folder.open();
		assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> queue.put(file))
			.withCauseInstanceOf(FileAlreadyExistsException.class);
		assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> queue.putCopy(file))
			.withCauseInstanceOf(FileAlreadyExistsException.class);
		assertThat(this.folder.path("a.tsv")).hasContent("content of a.tsv");
		assertThat(file).hasContent("other");
	}

	@Test
	void putRefusesANameThatNoConsumerTakes() throws IOException {
		Path file = Files.writeString(this.elsewhere.resolve("a.part"), "content");
		FolderQueue queue = this.folder.open();
		assertThatIllegalArgumentException().isThrownBy(() -> queue.put(file)).withMessageContaining("a.part");
	}

	@Test
	void putRefusesANameThatIsTooLongToBeClaimed() throws IOException {
		Path file = Files.writeString(this.elsewhere.resolve("a".repeat(200)), "content");
		FolderQueue queue = this.folder.open();
		assertThatIllegalArgumentException().isThrownBy(() -> queue.put(file)).withMessageContaining("at most 190");
	}

	@Test
	void whatThisProcessPutsNeedNotSettle() throws IOException {
		FolderQueue queue = this.folder.open(this.folder.builder().settle(Duration.ofHours(1)));
		queue.put(Files.writeString(this.elsewhere.resolve("a.tsv"), "content"));
		assertThat(FolderFixture.poll(queue)).isNotNull();
	}

	@Test
	void takesAFileOfSomebodyElseWhenItStoodStill() throws IOException {
		FolderQueue queue = this.folder.open(this.folder.builder().settle(Duration.ofSeconds(2)));
		this.folder.write("a.tsv");
		assertThat(FolderFixture.poll(queue)).isNull();
		this.folder.clock.advance(Duration.ofSeconds(1));
		Files.writeString(this.folder.path("a.tsv"), "longer than it was before");
		assertThat(FolderFixture.poll(queue)).isNull();
		this.folder.clock.advance(Duration.ofSeconds(1));
		assertThat(FolderFixture.poll(queue)).isNull();
		this.folder.clock.advance(Duration.ofSeconds(2));
		assertThat(FolderFixture.poll(queue)).isNotNull();
	}

	@Test
	void takesAFileAsSoonAsItsMarkerIsThere() {
		FolderQueue queue = this.folder.open(this.folder.builder().settle(Duration.ofHours(1)).marker(".ready"));
		this.folder.write("a.tsv");
		assertThat(FolderFixture.poll(queue)).isNull();
		this.folder.write("a.tsv.ready");
		this.folder.clock.advance(Duration.ofSeconds(2));
		assertThat(FolderFixture.nameOf(FolderFixture.poll(queue))).isEqualTo("a.tsv");
		assertThat(this.folder.names()).hasSize(1);
	}

	@Test
	void ignoresWhatIsNotComplete() {
		this.folder.write(".hidden", "a.tmp", "b.part", "c.filepart");
		assertThat(FolderFixture.poll(this.folder.open())).isNull();
		assertThat(this.folder.names()).hasSize(4);
	}

	@Test
	void ignoresOtherExtensionsAndFoldersAndLinks() throws IOException {
		this.folder.write("a.csv");
		Files.createDirectory(this.folder.path("b.tsv"));
		Files.createSymbolicLink(this.folder.path("c.tsv"), this.folder.path("a.csv"));
		assertThat(FolderFixture.poll(this.folder.open(this.folder.builder().extension(".tsv")))).isNull();
	}

	@Test
	void givesFilesInTheOrderOfAFunctionOfTheirNames() {
		this.folder.write("x-20260103.tsv", "y-20260101.tsv", "z-20260102.tsv");
		FolderQueue queue = this.folder.open(this.folder.builder().order((name) -> name.substring(2)));
		assertThat(pollNames(queue, 3)).containsExactly("y-20260101.tsv", "z-20260102.tsv", "x-20260103.tsv");
	}

	@Test
	void givesFilesInTheOrderOfTheirNumbers() {
		this.folder.write("day-10.tsv", "day-9.tsv", "day-010-b.tsv", "day-100.tsv");
		FolderQueue queue = this.folder.open(this.folder.builder().order(FolderOrder.NUMBER));
		assertThat(pollNames(queue, 4)).containsExactly("day-9.tsv", "day-010-b.tsv", "day-10.tsv", "day-100.tsv");
	}

	@Test
	void givesTheOldestFileFirst() throws IOException {
		this.folder.write("a", "b", "c");
		Files.setLastModifiedTime(this.folder.path("b"), FileTime.fromMillis(-5_000));
		Files.setLastModifiedTime(this.folder.path("c"), FileTime.fromMillis(1_500));
		FolderQueue queue = this.folder.open(this.folder.builder().order(FolderOrder.MODIFIED));
		assertThat(pollNames(queue, 3)).containsExactly("b", "c", "a");
	}

	@Test
	void givesAFileLastWhoseOrderCannotBeTold() {
		this.folder.write("a", "z-20260102.tsv", "y-20260101.tsv");
		FolderQueue queue = this.folder.open(this.folder.builder().order((name) -> name.substring(2)));
		assertThat(pollNames(queue, 3)).containsExactly("y-20260101.tsv", "z-20260102.tsv", "a");
	}

	@Test
	void saysOnceOfEachFileThatItsOrderCannotBeTold() {
		this.folder.write("a", "b");
		FolderQueue queue = this.folder.open(this.folder.builder().order((name) -> name.substring(2)));
		FolderFixture.poll(queue);
		this.folder.clock.advance(Duration.ofMinutes(1));
		FolderFixture.poll(queue);
		assertThat(this.log.warnings()).containsExactlyInAnyOrder("The order of a is not known: it comes last",
				"The order of b is not known: it comes last");
	}

	@Test
	void givesTheMessageThatIsInTheFile() throws IOException {
		Files.writeString(this.folder.path("a.json"), "{\"mediaType\": \"application/json\"}");
		FolderQueue queue = this.folder.open(this.folder.builder().content(FolderContent.MESSAGE));
		assertThat(FolderFixture.poll(queue)).hasBody("{\"mediaType\": \"application/json\"}");
	}

	@Test
	void givesTheLinesThatAreInTheFile() throws IOException {
		Files.writeString(this.folder.path("a.tsv"), "1\tone\r\n2\ttwo\n");
		FolderQueue queue = this.folder.open(this.folder.builder().content(FolderContent.LINES));
		assertThat(FolderFixture.poll(queue).message().body()).contains("[\"1\\tone\",\"2\\ttwo\"]");
	}

	@Test
	void givesUpAFileWhoseContentIsNoText() throws IOException {
		Files.write(this.folder.path("a.json"), new byte[] { (byte) 0xFF, (byte) 0xFE });
		assertThat(FolderFixture.poll(this.folder.open(this.folder.builder().content(FolderContent.MESSAGE)))).isNull();
		assertThat(this.folder.path("dead/a.json.reason")).content().contains("not UTF-8");
	}

	@Test
	void oneFileThatCannotBeTakenHoldsUpNoOther() {
		this.folder.write("a".repeat(250), "b.tsv");
		assertThat(pollNames(this.folder.open(), 1)).containsExactly("b.tsv");
	}

	@Test
	void findsTenThousandFilesThatAppearAtOnce() {
		FolderQueue queue = this.folder.open();
		assertThat(FolderFixture.poll(queue)).isNull();
		this.folder.write(IntStream.range(0, 10_000).mapToObj("%05d.tsv"::formatted).toArray(String[]::new));
		assertThat(pollNames(queue, 10_000)).isSorted().doesNotHaveDuplicates();
	}

	@Test
	void findsFilesWhereNothingTellsOfThem() throws IOException {
		FolderQueue queue = this.folder.open(this.folder.builder().scanInterval(Duration.ofSeconds(2)));
		assertThat(FolderFixture.poll(queue)).isNull();
		// What watches the folder goes with it.
		Files.move(this.folder.path(), this.elsewhere.resolve("away"));
		Files.createDirectory(this.folder.path());
		Files.move(this.elsewhere.resolve("away/.pubsub"), this.folder.path(".pubsub"));
		this.folder.write("a.tsv");
		this.folder.clock.advance(Duration.ofSeconds(2));
		assertThat(FolderFixture.poll(queue)).isNotNull();
	}

	@Test
	void triesAgainToFinishWhatCannotLeaveItsPlace() throws IOException {
		this.folder.write("a.tsv");
		FolderQueue queue = this.folder.open(this.folder.builder().done(Path.of("done")));
		Delivery delivery = FolderFixture.poll(queue);
		Files.delete(this.folder.path("done"));
		Files.createFile(this.folder.path("done"));
		delivery.ack();
		assertThat(this.folder.names()).hasSize(2).anyMatch((name) -> name.endsWith(".wip"));
		assertThat(this.log.warnings()).singleElement().asString().contains("a.tsv", "cannot be carried out now");
		Files.delete(this.folder.path("done"));
		Files.createDirectory(this.folder.path("done"));
		assertThat(FolderFixture.poll(queue)).isNull();
		assertThat(this.folder.names()).isEmpty();
		assertThat(this.folder.path("done", "a.tsv")).hasContent("content of a.tsv");
	}

	@Test
	void aRunThatDiedGoesOnWhereItWas() {
		this.folder.write("a", "b", "c");
		FolderQueue first = this.folder.openFrozen();
		FolderFixture.poll(first).ack();
		FolderFixture.poll(first);
		FolderQueue second = this.folder.openFrozen();
		assertThat(second.outstanding()).containsExactly("b", "c");
		FolderFixture.poll(second);
		FolderQueue third = this.folder.open();
		assertThat(third.outstanding()).containsExactly("b", "c");
		Delivery one = this.folder.pollAfter(third, FolderFixture.LEASE.multipliedBy(2));
		Delivery other = this.folder.pollAfter(third, FolderFixture.LEASE.multipliedBy(2));
		assertThat(List.of(FolderFixture.nameOf(one), FolderFixture.nameOf(other))).containsExactlyInAnyOrder("b", "c");
	}

	@Test
	void theSameContentTwiceIsTwoPiecesOfWork() {
		FolderDestination destination = new FolderDestination(this.folder.clock.timekeeper());
		OutboundMessage message = new OutboundMessage(FolderDestination.SCHEME + this.folder.path(),
				new MediaType("application/vnd.example.pubsub._.created.order"), "{}", Map.of());
		destination.publish(List.of(message, message)).join();
		FolderQueue queue = this.folder.open(this.folder.builder().content(FolderContent.MESSAGE));
		FolderFixture.poll(queue).ack();
		assertThat(queue.outstanding()).hasSize(1);
	}

	@Test
	void overlooksWhatACrashHasHalfWritten() throws IOException {
		FolderQueue queue = this.folder.open();
		Files.writeString(this.folder.path(".pubsub", "attempts", "a"), "{\"count\": 3, \"modi");
		Files.writeString(this.folder.path(".pubsub", "producers", "extract"), "{\"producer\": \"ext");
		Files.writeString(this.folder.path(".pubsub", "consumers", "dead-1"), "");
		Files.writeString(this.folder.path("b.dead-1.0123abcd.wip"), "content");
		this.folder.write("a");
		assertThat(this.folder.pollAfter(queue, Duration.ofSeconds(5))).hasAttempt(1);
		assertThat(FolderFixture.nameOf(this.folder.pollAfter(queue, FolderFixture.LEASE.plusSeconds(5))))
			.isEqualTo("b");
	}

	@Test
	void whatIsSettledOnceStaysSettled() {
		this.folder.write("a");
		FolderQueue queue = this.folder.open(this.folder.builder().done(Path.of("done")));
		Delivery delivery = FolderFixture.poll(queue);
		delivery.ack();
		delivery.nack(Duration.ZERO);
		delivery.ack();
		assertThat(delivery).isAcked();
		assertThat(this.folder.names()).isEmpty();
		assertThat(FolderFixture.names(this.folder.path("done"))).containsExactly("a");
	}

	@Test
	void countsWhatIsOutstanding() {
		this.folder.write("a", "b", "c");
		FolderQueue queue = this.folder.open();
		FolderFixture.poll(queue).ack();
		FolderFixture.poll(queue);
		assertThat(queue.outstanding()).containsExactly("b", "c");
	}

	@Test
	void marksEverythingAsDoneButWhatOthersHave() {
		this.folder.write("a", "b", "c");
		FolderFixture.poll(this.folder.open());
		FolderQueue queue = this.folder.open(this.folder.builder().done(Path.of("done")));
		assertThat(queue.markAllDone()).isEqualTo(2);
		assertThat(FolderFixture.names(this.folder.path("done"))).containsExactly("b", "c");
		assertThat(queue.outstanding()).containsExactly("a");
	}

	@Test
	void whenClosedGivesBackWhatWasPolled() {
		this.folder.write("a");
		FolderQueue queue = this.folder.open();
		FolderFixture.poll(queue);
		queue.close();
		assertThat(this.folder.names()).containsExactly("a");
		assertThat(this.folder.path(".pubsub/consumers")).isEmptyDirectory();
	}

	@Test
	void tellsHowTheFolderStandsWithoutWritingAnything() {
		this.folder.write("a");
		assertThat(this.folder.builder().state().waiting()).extracting(FolderState.Waiting::name).containsExactly("a");
		assertThat(this.folder.path(".pubsub")).doesNotExist();
	}

	@Test
	void tellsWhoIsAtWorkAndWhyTheRestWaits() {
		this.folder.write("a", "b");
		FolderQueue queue = this.folder.open();
		FolderFixture.poll(queue).nack(Duration.ofHours(1));
		FolderFixture.poll(queue);
		FolderState state = queue.state();
		assertThat(state.waiting()).singleElement().satisfies((file) -> {
			assertThat(file.attempts()).isOne();
			assertThat(file.due()).isEqualTo(this.folder.clock.instant().plus(Duration.ofHours(1)));
			assertThat(file.reason()).contains("handed it back");
		});
		assertThat(state.atWork()).singleElement().satisfies((file) -> {
			assertThat(file.consumer()).contains(String.valueOf(ProcessHandle.current().pid()));
			assertThat(file.since()).isNotNull();
			assertThat(file.lastSign()).isNotNull();
		});
	}

	@Test
	void refusesAFolderThatDoesNotExist() {
		Path missing = this.folder.path("missing");
		assertThatExceptionOfType(InputException.class).isThrownBy(() -> FolderQueue.of(missing))
			.withMessage("There is no folder " + missing);
	}

	private static List<String> pollNames(FolderQueue queue, int count) {
		List<String> names = new ArrayList<>();
		for (int number = 0; number < count; number++) {
			Delivery delivery = FolderFixture.await(queue);
			names.add(FolderFixture.nameOf(delivery));
			delivery.ack();
		}
		return names;
	}

}
