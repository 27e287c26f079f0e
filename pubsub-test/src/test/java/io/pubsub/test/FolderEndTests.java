package io.pubsub.test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

import io.pubsub.daemon.ThreadPoolReceiver;
import io.pubsub.folder.FolderContent;
import io.pubsub.folder.FolderQueue;
import io.pubsub.folder.FolderQueueBuilder;
import io.pubsub.folder.Producer;
import io.pubsub.source.UpstreamFailedException;
import io.pubsub.time.Timekeeper;
import io.pubsub.transport.Delivery;
import io.pubsub.transport.Receiver;
import io.pubsub.transport.Subscription;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for the end of what is put into a {@link FolderQueue}.
 */
class FolderEndTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	@RegisterExtension
	private final FolderFixture folder = new FolderFixture();

	@Test
	void endsWhenAllProducersHaveClosedAndNothingIsLeft() throws InterruptedException {
		FolderQueue queue = this.folder.open(live());
		Producer one = queue.announce("one");
		Producer other = this.folder.open(live()).announce("other");
		this.folder.write("a");
		one.close();
		Delivery delivery = queue.poll(PATIENCE);
		other.close();
		assertThat(queue.poll(Duration.ofMillis(300))).isNull();
		assertThat(queue.isEnded()).isFalse();
		delivery.ack();
		assertThat(queue.poll(PATIENCE)).isNull();
		assertThat(queue.isEnded()).isTrue();
	}

	@Test
	void findsWhatCameBetweenItsLastLookAndTheClose() {
		FolderQueue queue = this.folder.open();
		Producer producer = this.folder.open().announce("one");
		for (int look = 0; look < 3; look++) {
			assertThat(FolderFixture.poll(queue)).isNull();
			this.folder.clock.advance(Duration.ofSeconds(2));
		}
		assertThat(FolderFixture.poll(queue)).isNull();
		this.folder.write("a");
		producer.close();
		assertThat(FolderFixture.poll(queue)).isNotNull();
		assertThat(queue.isEnded()).isFalse();
	}

	@Test
	void waitsForAProducerThatIsOpen() throws InterruptedException {
		FolderQueue queue = this.folder.open(live());
		queue.announce("one").close();
		queue.announce("other");
		assertThat(queue.poll(Duration.ofMillis(300))).isNull();
		assertThat(queue.isEnded()).isFalse();
	}

	@Test
	void waitsOnWhenThereWasNeverAProducer() throws InterruptedException {
		FolderQueue queue = this.folder.open(live());
		assertThat(queue.poll(Duration.ofMillis(300))).isNull();
		assertThat(queue.isEnded()).isFalse();
	}

	@Test
	void waitsForWhatOthersHave() throws InterruptedException {
		FolderQueue queue = this.folder.open(live());
		this.folder.write("a");
		Delivery delivery = queue.poll(PATIENCE);
		queue.announce("one").close();
		FolderQueue other = this.folder.open(live());
		assertThat(other.poll(Duration.ofMillis(300))).isNull();
		assertThat(other.isEnded()).isFalse();
		delivery.ack();
		assertThat(other.poll(PATIENCE)).isNull();
		assertThat(other.isEnded()).isTrue();
	}

	@Test
	void allSourcesEndOnceWhateverTheirNumber() {
		this.folder.write("a", "b", "c", "d");
		FolderQueue producing = this.folder.open(live());
		Producer producer = producing.announce("extract");
		CompletableFuture<?>[] ends = new CompletableFuture<?>[3];
		for (int consumer = 0; consumer < ends.length; consumer++) {
			ends[consumer] = start(this.folder.open(live())).exhausted().toCompletableFuture();
		}
		producer.close();
		assertThat(CompletableFuture.allOf(ends)).succeedsWithin(PATIENCE);
		assertAllAreDone();
	}

	@Test
	void stopsAtOnceWhenAProducerHasFailed() {
		FolderQueue queue = this.folder.open(live());
		this.folder.write("a", "b");
		queue.announce("extract").fail("disk full");
		assertThatExceptionOfType(UpstreamFailedException.class).isThrownBy(() -> queue.poll(PATIENCE))
			.withMessage("Producer extract of %s has failed: disk full".formatted(this.folder.path()));
		assertThat(this.folder.names()).containsExactly("a", "b");
	}

	@Test
	void aFailureCountsBeforeTheEndOfOthers() {
		FolderQueue queue = this.folder.open(live());
		queue.announce("one").close();
		queue.announce("other").fail("disk full");
		assertThatExceptionOfType(UpstreamFailedException.class).isThrownBy(() -> queue.poll(PATIENCE));
	}

	@Test
	void allSourcesEndWithTheFailure() {
		Producer producer = this.folder.open(live()).announce("extract");
		Subscription one = start(this.folder.open(live()));
		Subscription other = start(this.folder.open(live()));
		producer.fail("disk full");
		assertFails(one);
		assertFails(other);
	}

	private static void assertFails(Subscription subscription) {
		assertThat(subscription.exhausted().toCompletableFuture()).failsWithin(PATIENCE)
			.withThrowableOfType(ExecutionException.class)
			.withCauseInstanceOf(UpstreamFailedException.class);
	}

	@Test
	void theEndOfAnEarlierRunEndsNothing() throws InterruptedException {
		FolderQueue earlier = this.folder.open(live());
		earlier.announce("extract").close();
		earlier.poll(PATIENCE);
		assertThat(earlier.isEnded()).isTrue();
		FolderQueue later = this.folder.open(live());
		assertThat(later.poll(Duration.ofMillis(300))).isNull();
		assertThat(later.isEnded()).isFalse();
		later.announce("extract").close();
		assertThat(later.poll(PATIENCE)).isNull();
		assertThat(later.isEnded()).isTrue();
	}

	@Test
	void theFailureOfAnEarlierRunEndsNothing() throws InterruptedException {
		FolderQueue earlier = this.folder.open(live());
		earlier.announce("extract").fail("disk full");
		assertThatExceptionOfType(UpstreamFailedException.class).isThrownBy(() -> earlier.poll(PATIENCE));
		FolderQueue later = this.folder.open(live());
		this.folder.write("a");
		assertThat(later.poll(PATIENCE)).isNotNull();
	}

	@Test
	void whoStartsWhenTheProducerIsDoneStillEnds() throws InterruptedException {
		this.folder.write("a");
		this.folder.open(live()).announce("extract").close();
		FolderQueue queue = this.folder.open(live());
		queue.poll(PATIENCE).ack();
		assertThat(queue.poll(PATIENCE)).isNull();
		assertThat(queue.isEnded()).isTrue();
	}

	@Test
	void aProducerThatDiedHasFailed() {
		TestClock mortal = new TestClock();
		this.folder.open(this.folder.builder(mortal)).announce("extract");
		FolderQueue queue = this.folder.open();
		FolderFixture.poll(queue);
		mortal.advance(FolderFixture.LEASE);
		FolderFixture.poll(queue);
		this.folder.clock.advance(FolderFixture.LEASE.plusSeconds(1));
		assertThatExceptionOfType(UpstreamFailedException.class).isThrownBy(() -> FolderFixture.poll(queue))
			.withMessageContaining("extract")
			.withMessageContaining("died");
	}

	@Test
	void aProducerThatAnEarlierRunHasLeftOpenHoldsUpNothing() {
		this.folder.open(this.folder.builder(new TestClock())).announce("extract");
		FolderQueue queue = this.folder.open();
		queue.announce("load").close();
		FolderFixture.poll(queue);
		this.folder.clock.advance(FolderFixture.LEASE.plusSeconds(1));
		for (int second = 0; second < 10; second++) {
			assertThat(FolderFixture.poll(queue)).isNull();
			this.folder.clock.advance(Duration.ofSeconds(1));
		}
		assertThat(queue.isEnded()).isTrue();
	}

	@Test
	void whenItsQueueIsClosedAnOpenProducerHasFailed() {
		FolderQueue producing = this.folder.open(live());
		producing.announce("extract");
		producing.close();
		FolderQueue queue = this.folder.open(live());
		assertThatExceptionOfType(UpstreamFailedException.class).isThrownBy(() -> queue.poll(PATIENCE));
	}

	@Test
	void whenItIsToEndWhenEmptyNeedsNoProducer() {
		this.folder.write("a", "b");
		Subscription subscription = start(this.folder.open(live().endWhenEmpty()));
		assertThat(subscription.exhausted().toCompletableFuture()).succeedsWithin(PATIENCE);
		assertAllAreDone();
	}

	private void assertAllAreDone() {
		assertThat(this.folder.names()).isEmpty();
		assertThat(FolderFixture.names(this.folder.path("dead"))).isEmpty();
	}

	@Test
	void refusesANameOfAProducerThatIsNoName() {
		FolderQueue queue = this.folder.open(live());
		assertThatIllegalArgumentException().isThrownBy(() -> queue.announce("../extract"))
			.withMessageContaining("../extract");
	}

	@Test
	void resetGivesFilesTheirNamesAndForgetsProducers() {
		this.folder.write("a", "b");
		FolderQueue queue = this.folder.open();
		FolderFixture.poll(queue);
		FolderFixture.poll(queue).nack(Duration.ofHours(1));
		queue.announce("extract");
		assertThat(this.folder.open().reset()).isEqualTo(1);
		assertThat(this.folder.names()).containsExactly("a", "b");
		FolderQueue next = this.folder.open();
		assertThat(next.state().producers()).isEmpty();
		assertThat(FolderFixture.poll(next)).isNotNull();
		assertThat(FolderFixture.poll(next)).isNotNull();
	}

	@Test
	void aFileLikeOneThatIsAtWorkIsHandledAfterIt() throws IOException {
		Queue<String> handled = new ConcurrentLinkedQueue<>();
		CompletableFuture<Void> end = new CompletableFuture<>();
		FolderQueue queue = this.folder.open(live().content(FolderContent.MESSAGE));
		publish("{\"number\":1}");
		start(queue, (delivery) -> {
			handled.add(delivery.message().body());
			end.join();
		});
		Awaitility.await().until(() -> handled.size() == 1);
		publish("{\"number\":2}");
		Awaitility.await().during(Duration.ofMillis(500)).until(() -> handled.size() == 1);
		end.complete(null);
		Awaitility.await().until(() -> handled.size() == 2 && this.folder.names().isEmpty());
		assertThat(handled).containsExactly("{\"number\":1}", "{\"number\":2}");
	}

	private void publish(String content) throws IOException {
		Path hidden = Files.writeString(this.folder.path(".a"), content);
		Files.setLastModifiedTime(hidden, FileTime.fromMillis(1_000));
		Files.move(hidden, this.folder.path("a"));
	}

	@Test
	void purgeNeedsTheNameOfTheFolder() {
		this.folder.write("a");
		FolderQueue queue = this.folder.open();
		assertThatIllegalArgumentException().isThrownBy(() -> queue.purge("yes"))
			.withMessageContaining(this.folder.path().getFileName().toString());
		assertThat(this.folder.names()).containsExactly("a");
	}

	@Test
	void purgeDeletesEverythingInTheFolderAndNothingElse(@TempDir Path outside) throws IOException {
		Files.writeString(outside.resolve("precious"), "content");
		Files.createDirectory(this.folder.path("kept"));
		Files.writeString(this.folder.path("kept/file"), "content");
		Files.createSymbolicLink(this.folder.path("link"), outside.resolve("precious"));
		Files.createSymbolicLink(this.folder.path("folder"), outside);
		FolderQueue queue = this.folder.open(this.folder.builder().done(Path.of("done")).dead(outside));
		this.folder.write("a", "b", "c");
		FolderFixture.await(queue).ack();
		FolderFixture.await(queue);
		queue.purge(this.folder.path().getFileName().toString());
		assertThat(this.folder.names()).isEmpty();
		assertThat(this.folder.path("link")).doesNotExist();
		assertThat(this.folder.path("done")).isEmptyDirectory();
		assertThat(outside.resolve("precious")).hasContent("content");
		assertThat(this.folder.path("kept/file")).hasContent("content");
	}

	@Test
	void purgeDoesNotFollowAFolderThatIsALink(@TempDir Path outside) throws IOException {
		Files.writeString(outside.resolve("precious"), "content");
		Files.createSymbolicLink(this.folder.path("done"), outside);
		FolderQueue queue = this.folder.open(this.folder.builder().done(Path.of("done")));
		queue.purge(this.folder.path().getFileName().toString());
		assertThat(outside.resolve("precious")).hasContent("content");
	}

	// By the clock of the system, as the waiting in these tests is.
	private FolderQueueBuilder live() {
		return this.folder.builder().timekeeper(Timekeeper.shared()).scanInterval(Duration.ofMillis(50));
	}

	private static Subscription start(FolderQueue queue) {
		return start(queue, (delivery) -> {
		});
	}

	private static Subscription start(FolderQueue queue, Consumer<Delivery> work) {
		ThreadPoolReceiver receiver = new ThreadPoolReceiver((delivery) -> {
			if (delivery.begin()) {
				work.accept(delivery);
				delivery.ack();
			}
		}, 2, Thread::new);
		receiver.open(Receiver.Host.NONE);
		return queue.source().start(receiver);
	}

}
