package io.pubsub.sample.pipeline.etl;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.pubsub.RejectMessageException;
import io.pubsub.SkipMessageException;
import io.pubsub.folder.FileMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link FileLoader}, on H2 in memory.
 */
class FileLoaderTests {

	private static final String HEADER = "number,customer,amount,placed\n";

	private final DriverManagerDataSource dataSource = new DriverManagerDataSource(
			"jdbc:h2:mem:%s;DB_CLOSE_DELAY=-1".formatted(UUID.randomUUID()));

	private final OrderStore store = new OrderStore(new JdbcTemplate(this.dataSource));

	@TempDir
	private Path folder;

	FileLoaderTests() {
		new ResourceDatabasePopulator(new ClassPathResource("etl/schema.sql")).execute(this.dataSource);
	}

	private FileLoader loader() {
		return new FileLoader(this.store, new Rejects(this.folder), new Pace(0),
				new DataSourceTransactionManager(this.dataSource));
	}

	@Test
	void loadsOrdersAndKeepsBadLinesToBeMended() throws IOException {
		FileMessage file = file("a.csv", HEADER + orders(1) + "2,Bob,12.50\n\n" + orders(3));
		assertThat(loader().load(file)).extracting(LoadedFile::loaded, LoadedFile::rejected).containsExactly(2, 1);
		assertThat(this.store.orders()).isEqualTo(2);
		Path rejected = this.folder.resolve("rejected");
		String name = "a-%.8s.csv".formatted(Digest.of(file.path()));
		assertThat(rejected.resolve(name)).hasContent(HEADER + "2,Bob,12.50");
		assertThat(rejected.resolve(name + ".reasons")).hasContent("a.csv:3: it has 3 fields, the header 4");
		assertThat(rejected.toFile().list()).hasSize(2);
	}

	@Test
	void whenAFileComesAgainSkipsIt() throws IOException {
		loader().load(file("a.csv", HEADER + orders(1)));
		FileMessage again = file("a-1.csv", HEADER + orders(1));
		assertThatExceptionOfType(SkipMessageException.class).isThrownBy(() -> loader().load(again));
		assertThat(this.store.orders()).isOne();
	}

	@Test
	void whenAnotherFileHasItsNameLoadsBoth() throws IOException {
		loader().load(file("a.csv", HEADER + orders(1)));
		loader().load(file("a.csv", HEADER + orders(2)));
		assertThat(this.store.files()).hasSize(2);
	}

	@Test
	void whenItIsStoppedInTheMiddleHasNothingOfTheFile() throws IOException {
		FileMessage file = file("a.csv", HEADER + "bad\n" + orders(IntStream.range(0, 2_500).toArray()));
		FileLoader stopped = new FileLoader(this.store, new Rejects(this.folder), new Pace(60_000),
				new DataSourceTransactionManager(this.dataSource));
		Thread.currentThread().interrupt();
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> stopped.load(file));
		assertThat(Thread.interrupted()).isTrue();
		assertThat(this.store.files()).isEmpty();
		assertThat(this.store.orders()).isZero();
		loader().load(file);
		assertThat(this.store.differentOrders()).isEqualTo(2_500);
		assertThat(this.folder.resolve("rejected").toFile().list()).hasSize(2);
	}

	@Test
	void whenTwoLoadTheSameLoadsItOnce() throws IOException {
		FileMessage file = file("a.csv", HEADER + orders(IntStream.range(0, 5_000).toArray()));
		FileLoader loader = loader();
		CompletableFuture<Integer> one = CompletableFuture.supplyAsync(() -> loadOrSkip(loader, file));
		CompletableFuture<Integer> other = CompletableFuture.supplyAsync(() -> loadOrSkip(loader, file));
		assertThat(one.join() + other.join()).isEqualTo(5_000);
		assertThat(this.store.orders()).isEqualTo(5_000);
	}

	private static int loadOrSkip(FileLoader loader, FileMessage file) {
		try {
			return loader.load(file).loaded();
		}
		catch (SkipMessageException ex) {
			return 0;
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

	@Test
	void rejectsAFileThatIsNoText() throws IOException {
		Path path = Files.write(this.folder.resolve("a.csv"),
				(HEADER + "1,Zo\u00eb,12.50,2026-11-28").getBytes(StandardCharsets.ISO_8859_1));
		FileMessage file = new FileMessage("a.csv", path);
		assertThatExceptionOfType(RejectMessageException.class).isThrownBy(() -> loader().load(file))
			.withMessage("it is not UTF-8");
		assertThat(this.store.files()).isEmpty();
	}

	private FileMessage file(String name, String content) throws IOException {
		return new FileMessage(name, Files.writeString(this.folder.resolve(name), content));
	}

	private static String orders(int... numbers) {
		return IntStream.of(numbers).mapToObj("%d,Ada,12.50,2026-11-28\n"::formatted).collect(Collectors.joining());
	}

}
