package io.pubsub.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.util.FileSystemUtils;

/**
 * An empty database for one measurement: a file of SQLite, or a PostgreSQL server of its
 * own that forces to the disk what it confirms, as it does by default.
 *
 * @param directory the directory that it is in
 * @param binaries the programs of PostgreSQL; {@code null} for SQLite
 * @param address the URL of the server, or the path of the file
 */
record BenchmarkDatabase(Path directory, @Nullable Path binaries, String address) implements AutoCloseable {

	private static final Path DEBIAN = Path.of("/usr/lib/postgresql");

	private static final String USER = "postgres";

	/**
	 * Whether PostgreSQL is installed.
	 * @return {@code true} if it is
	 */
	static boolean hasServer() {
		return installed().isPresent();
	}

	private static Optional<Path> installed() {
		String[] versions = DEBIAN.toFile().list();
		return Stream.of((versions != null) ? versions : new String[0])
			.map((version) -> DEBIAN.resolve(version).resolve("bin"))
			.filter((binaries) -> Files.isExecutable(binaries.resolve("initdb")))
			.max(Comparator.naturalOrder());
	}

	static BenchmarkDatabase create(boolean server) throws InterruptedException {
		try {
			Path directory = Files.createTempDirectory("pubsub-benchmark");
			if (!server) {
				return new BenchmarkDatabase(directory, null, directory.resolve("orders.db").toString());
			}
			int port = freePort();
			BenchmarkDatabase database = new BenchmarkDatabase(directory, installed().orElseThrow(),
					"jdbc:postgresql://127.0.0.1:%d/postgres?user=%s".formatted(port, USER));
			database.start(port);
			return database;
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The database did not start", ex);
		}
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	private void start(int port) throws IOException, InterruptedException {
		if (isRoot()) {
			UserPrincipal owner = this.directory.getFileSystem()
				.getUserPrincipalLookupService()
				.lookupPrincipalByName(USER);
			Files.setOwner(this.directory, owner);
		}
		run("initdb", "-U", USER, "-A", "trust", "-E", "UTF8");
		run("pg_ctl", "start", "-w", "-l", this.directory.resolve("server.log").toString(), "-o",
				"-h 127.0.0.1 -p %d -k %s".formatted(port, this.directory));
	}

	private void run(String program, String... arguments) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>();
		if (isRoot()) {
			command.addAll(List.of("setpriv", "--reuid", USER, "--regid", USER, "--init-groups"));
		}
		command.add(String.valueOf(this.binaries) + "/" + program);
		command.addAll(List.of("-D", this.directory.resolve("data").toString()));
		command.addAll(List.of(arguments));
		Path log = this.directory.resolve(program + ".log");
		int status = new ProcessBuilder(command).directory(this.directory.toFile())
			.redirectErrorStream(true)
			.redirectOutput(log.toFile())
			.start()
			.waitFor();
		if (status != 0) {
			throw new IOException(program + " failed: " + Files.readString(log));
		}
	}

	// PostgreSQL refuses to be run by root.
	private static boolean isRoot() {
		return System.getProperty("user.name").equals("root");
	}

	@Override
	public void close() {
		try {
			if (this.binaries != null) {
				run("pg_ctl", "stop", "-m", "immediate");
			}
			FileSystemUtils.deleteRecursively(this.directory);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The database did not stop", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
