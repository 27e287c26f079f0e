package io.pubsub.benchmarks.folder;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.pubsub.benchmarks.scenario.Contender;
import io.pubsub.benchmarks.scenario.Scenario;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FolderUser}.
 */
class FolderUserTests {

	@TempDir
	private Path folder;

	static List<Contender> contenders() {
		return Scenario.FOLDER.contenders();
	}

	@ParameterizedTest
	@MethodSource("contenders")
	void worksOffWhatItHasPut(Contender contender) throws IOException {
		Queue<String> handled = new ConcurrentLinkedQueue<>();
		FolderUser user = FolderUser.of(contender, 2);
		user.put(this.folder, List.of("{\"a\": 1}", "{\"a\": 2}", "{\"a\": 3}"));
		user.workOff(this.folder, handled::add);
		assertThat(handled).containsExactlyInAnyOrder("{\"a\": 1}", "{\"a\": 2}", "{\"a\": 3}");
		assertThat(this.folder.toFile().list((directory, name) -> name.contains(".json"))).isEmpty();
	}

}
