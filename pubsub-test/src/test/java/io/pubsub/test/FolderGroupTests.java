package io.pubsub.test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import io.pubsub.folder.FileGroups;
import io.pubsub.folder.FolderQueue;
import io.pubsub.folder.FolderQueueBuilder;
import io.pubsub.folder.FolderState;
import io.pubsub.transport.Delivery;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static io.pubsub.test.PubSubAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the groups of a {@link FolderQueue}.
 */
class FolderGroupTests {

	private static final FileGroups COUNTRIES = FileGroups
		.matching(Pattern.compile("(?<key>\\d{8})_(?<item>[A-Z]{2}).*"), Set.of("UK", "FR", "DE"));

	@RegisterExtension
	private final FolderFixture folder = new FolderFixture();

	@RegisterExtension
	private final FolderLog log = new FolderLog();

	private FolderQueueBuilder builder() {
		return this.folder.builder().groups(COUNTRIES).done(Path.of("done"));
	}

	private void writeGroup(String key) {
		this.folder.write(key + "_UK.tsv", key + "_FR.tsv", key + "_DE.tsv");
	}

	@Test
	void claimsNothingUntilAllItemsAreThere() {
		FolderQueue queue = this.folder.open(builder());
		this.folder.write("20260101_UK.tsv", "20260101_FR.tsv", "20260102_DE.tsv");
		assertThat(FolderFixture.poll(queue)).isNull();
		assertThat(this.folder.names()).containsExactly("20260101_FR.tsv", "20260101_UK.tsv", "20260102_DE.tsv");
		this.folder.write("20260101_DE.tsv");
		Delivery delivery = FolderFixture.await(queue);
		assertThat(FolderFixture.nameOf(delivery)).isEqualTo("20260101");
		assertThat(this.folder.names()).filteredOn((name) -> name.endsWith(".wip")).hasSize(3);
	}

	@Test
	void tellsWhereEachItemIs() {
		writeGroup("20260101");
		Delivery delivery = FolderFixture.poll(this.folder.open(builder()));
		assertThat(delivery.message().body()).contains("\"key\":\"20260101\"");
		this.folder.names()
			.forEach((name) -> assertThat(delivery.message().body())
				.contains("\"%s\":\"%s\"".formatted(name.substring(9, 11), this.folder.path(name))));
	}

	@Test
	void whenAckedFinishesAllFiles() {
		writeGroup("20260101");
		FolderFixture.poll(this.folder.open(builder())).ack();
		assertThat(this.folder.names()).isEmpty();
		assertThat(FolderFixture.names(this.folder.path("done"))).containsExactly("20260101_DE.tsv", "20260101_FR.tsv",
				"20260101_UK.tsv");
	}

	@Test
	void whenNackedGivesAllFilesBack() {
		writeGroup("20260101");
		FolderQueue queue = this.folder.open(builder());
		FolderFixture.poll(queue).nack(Duration.ZERO);
		assertThat(this.folder.names()).hasSize(3).allMatch((name) -> name.endsWith(".tsv"));
		assertThat(FolderFixture.poll(queue)).hasAttempt(2);
	}

	@Test
	void whenRejectedGivesAllFilesUp() {
		writeGroup("20260101");
		FolderFixture.poll(this.folder.open(builder())).reject("malformed");
		assertThat(this.folder.names()).isEmpty();
		assertThat(FolderFixture.names(this.folder.path("dead"))).containsExactly("20260101_DE.tsv",
				"20260101_DE.tsv.reason", "20260101_FR.tsv", "20260101_UK.tsv");
	}

	@Test
	void ofTwoConsumersOneGetsTheGroup() {
		writeGroup("20260101");
		FolderQueue one = this.folder.open(builder());
		FolderQueue other = this.folder.open(builder());
		assertThat(FolderFixture.poll(one)).isNotNull();
		assertThat(FolderFixture.poll(other)).isNull();
	}

	@Test
	void leavesAloneWhatCompletesNoGroup() {
		writeGroup("20260101");
		this.folder.write("20260101_XX.tsv", "20260101_UK-again.tsv", "notes.txt");
		FolderFixture.poll(this.folder.open(builder())).ack();
		assertThat(this.folder.names()).hasSize(3).contains("20260101_XX.tsv", "notes.txt");
	}

	@Test
	void takesGroupsInTheirOrder() {
		writeGroup("20260102");
		writeGroup("20260101");
		FolderQueue queue = this.folder.open(builder());
		assertThat(FolderFixture.nameOf(FolderFixture.poll(queue))).isEqualTo("20260101");
		assertThat(FolderFixture.nameOf(FolderFixture.poll(queue))).isEqualTo("20260102");
	}

	@Test
	void whenAFileOfTheGroupHasGoneClaimsNone() throws IOException {
		writeGroup("20260101");
		writeGroup("20260102");
		FolderQueue queue = this.folder.open(builder());
		FolderFixture.poll(queue);
		Files.delete(this.folder.path("20260102_UK.tsv"));
		assertThat(FolderFixture.poll(queue)).isNull();
		assertThat(this.folder.names()).contains("20260102_DE.tsv", "20260102_FR.tsv");
	}

	@Test
	void takesBackAWholeGroupFromADeadConsumer() {
		writeGroup("20260101");
		FolderFixture.poll(this.folder.open(this.folder.builder(new TestClock()).groups(COUNTRIES)));
		Delivery delivery = this.folder.pollAfter(this.folder.open(builder()), FolderFixture.LEASE.plusSeconds(5));
		assertThat(delivery).hasAttempt(2);
		delivery.ack();
		assertThat(FolderFixture.names(this.folder.path("done"))).hasSize(3);
	}

	@Test
	void finishesAGroupThatItsDeadConsumerHadBegunToFinish() {
		this.folder.write("20260101_DE.tsv.dead-1-abc.0123abcd.done", "20260101_UK.tsv.dead-1-abc.0123abcd.wip");
		FolderQueue queue = this.folder.open(builder());
		FolderFixture.poll(queue);
		this.folder.clock.advance(FolderFixture.LEASE.plusSeconds(5));
		assertThat(FolderFixture.poll(queue)).isNull();
		assertThat(this.folder.names()).isEmpty();
		assertThat(FolderFixture.names(this.folder.path("done"))).containsExactly("20260101_DE.tsv", "20260101_UK.tsv");
	}

	@Test
	void reportsAnIncompleteGroupOnceAndKeepsIt() {
		this.folder.write("20260101_UK.tsv", "20260102_FR.tsv");
		FolderQueue queue = this.folder.open(builder().reportIncompleteAfter(Duration.ofMinutes(10)));
		FolderFixture.poll(queue);
		assertThat(this.log.warnings()).isEmpty();
		for (int minute = 0; minute < 15; minute++) {
			this.folder.clock.advance(Duration.ofMinutes(1));
			FolderFixture.poll(queue);
		}
		assertThat(this.log.warnings()).containsExactly(
				"The group 20260101 is incomplete for 10m: [DE, FR] missing, [20260101_UK.tsv] waiting",
				"The group 20260102 is incomplete for 10m: [DE, UK] missing, [20260102_FR.tsv] waiting");
		assertThat(this.folder.names()).hasSize(2);
	}

	@Test
	void reportsWhatCompletesNoGroupOnce() {
		writeGroup("20260101");
		this.folder.write("20260101_XX.tsv", "20260101_UK-again.tsv");
		FolderQueue queue = this.folder.open(builder());
		FolderFixture.poll(queue);
		this.folder.clock.advance(Duration.ofMinutes(1));
		FolderFixture.poll(queue);
		assertThat(this.log.warnings()).containsExactlyInAnyOrder(
				"20260101_XX.tsv is left alone: it completes no group",
				"20260101_UK.tsv is left alone: its group has that item already, 20260101_UK-again.tsv");
		assertThat(queue.state().stray()).containsExactly("20260101_XX.tsv");
	}

	@Test
	void tellsWhichGroupsAreIncomplete() {
		this.folder.write("20260101_UK.tsv");
		assertThat(this.folder.open(builder()).state().incomplete())
			.containsExactly(new FolderState.Incomplete("20260101", List.of("UK"), List.of("DE", "FR")));
	}

}
