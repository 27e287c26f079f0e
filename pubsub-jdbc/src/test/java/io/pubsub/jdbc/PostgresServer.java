package io.pubsub.jdbc;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import javax.sql.DataSource;

import org.awaitility.Awaitility;
import org.h2.jdbcx.JdbcConnectionPool;
import org.postgresql.ds.PGConnectionPoolDataSource;

import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.util.FileSystemUtils;

/**
 * A PostgreSQL server of its own, on the loopback interface and in a temporary directory,
 * where PostgreSQL is installed. It is started once for all tests, and ends with the JVM.
 */
public final class PostgresServer {

	private static final Path DEBIAN = Path.of("/usr/lib/postgresql");

	private static final String USER = "postgres";

	private static final Duration PATIENCE = Duration.ofMinutes(3);

	private static final Optional<PostgresServer> SERVER = binaries().map(PostgresServer::new);

	private final Path binaries;

	private final Path directory;

	private final int port;

	private PostgresServer(Path binaries) {
		this.binaries = binaries;
		try {
			this.directory = Files.createTempDirectory("pubsub-postgres");
			this.port = freePort();
			start();
		}
		catch (IOException ex) {
			throw new IllegalStateException("PostgreSQL did not start", ex);
		}
	}

	public static boolean isInstalled() {
		return SERVER.isPresent();
	}

	/**
	 * The server, over a few connections that all tests share.
	 * @return the server
	 */
	public static DataSource dataSource() {
		return Pool.CONNECTIONS;
	}

	/**
	 * The address of the server, for processes of their own.
	 * @return the URL
	 */
	public static String url() {
		return SERVER.orElseThrow().address();
	}

	private String address() {
		return "jdbc:postgresql://127.0.0.1:" + this.port + "/postgres";
	}

	private DataSource connections() {
		return new DriverManagerDataSource(address(), USER, "");
	}

	private static Optional<Path> binaries() {
		return Stream.concat(debianBinaries().sorted(Comparator.reverseOrder()), pathBinaries())
			.filter((directory) -> Files.isExecutable(directory.resolve("initdb"))
					&& Files.isExecutable(directory.resolve("pg_ctl")))
			.findFirst();
	}

	private static Stream<Path> debianBinaries() {
		String[] versions = DEBIAN.toFile().list();
		return Stream.of((versions != null) ? versions : new String[0])
			.map((version) -> DEBIAN.resolve(version + "/bin"));
	}

	private static Stream<Path> pathBinaries() {
		return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":")).map(Path::of);
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	private void start() throws IOException {
		if (isRoot()) {
			UserPrincipal owner = this.directory.getFileSystem()
				.getUserPrincipalLookupService()
				.lookupPrincipalByName(USER);
			Files.setOwner(this.directory, owner);
		}
		run("initdb", "-D", data(), "-U", USER, "-A", "trust", "-E", "UTF8", "--no-sync");
		Runtime.getRuntime().addShutdownHook(new Thread(this::stop));
		run("pg_ctl", "start", "-D", data(), "-l", this.directory.resolve("server.log").toString(), "-o",
				"-h 127.0.0.1 -p %d -k %s -F".formatted(this.port, this.directory));
		Awaitility.await().atMost(PATIENCE).ignoreExceptions().until(() -> connections().getConnection().isValid(1));
	}

	private void stop() {
		try {
			run("pg_ctl", "stop", "-D", data(), "-m", "immediate");
			FileSystemUtils.deleteRecursively(this.directory);
		}
		catch (IOException ex) {
			throw new IllegalStateException("PostgreSQL did not stop", ex);
		}
	}

	private String data() {
		return this.directory.resolve("data").toString();
	}

	private void run(String program, String... arguments) throws IOException {
		List<String> command = new ArrayList<>();
		if (isRoot()) {
			command.addAll(List.of("setpriv", "--reuid", USER, "--regid", USER, "--init-groups"));
		}
		command.add(this.binaries.resolve(program).toString());
		command.addAll(List.of(arguments));
		Process process = new ProcessBuilder(command).directory(this.directory.toFile())
			.redirectErrorStream(true)
			.redirectOutput(this.directory.resolve(program + ".log").toFile())
			.start();
		if (!succeeds(process)) {
			throw new IOException(program + " failed: " + Files.readString(this.directory.resolve(program + ".log")));
		}
	}

	private static boolean succeeds(Process process) {
		try {
			return process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) && process.exitValue() == 0;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	// PostgreSQL refuses to be run by root.
	private static boolean isRoot() {
		return System.getProperty("user.name").equals("root");
	}

	private static final class Pool {

		private static final int MOST = 50;

		// Made for H2, it takes the connections of any driver.
		private static final JdbcConnectionPool CONNECTIONS = JdbcConnectionPool.create(source());

		static {
			CONNECTIONS.setMaxConnections(MOST);
		}

		private static PGConnectionPoolDataSource source() {
			PGConnectionPoolDataSource source = new PGConnectionPoolDataSource();
			source.setUrl(url());
			source.setUser(USER);
			return source;
		}

	}

}
