package io.pubsub.autoconfigure.local;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Properties;

import org.jspecify.annotations.Nullable;

import org.springframework.core.env.Environment;

/**
 * The embedded broker of a service as other processes of the same user find it: at the
 * ports that are configured, or in a file that its process has written.
 *
 * @param sqs the address of SQS
 * @param sns the address of SNS
 * @param s3 the address of S3
 */
record RunningBroker(URI sqs, URI sns, URI s3) {

	private static final int CONNECT_MILLIS = 1000;

	private static final String OWNER_ONLY = "rwx------";

	/**
	 * Looks for the broker of a service.
	 * @param environment the configuration of the service
	 * @return the broker, or {@code null} if there is none that takes connections
	 */
	static @Nullable RunningBroker find(Environment environment) {
		RunningBroker broker = configured(environment);
		if (broker == null) {
			broker = announced(environment);
		}
		return (broker != null && isUp(broker.sqs()) && isUp(broker.sns()) && isUp(broker.s3())) ? broker : null;
	}

	private static @Nullable RunningBroker configured(Environment environment) {
		int sqs = environment.getProperty("pubsub.local.sqs-port", Integer.class, 0);
		int sns = environment.getProperty("pubsub.local.sns-port", Integer.class, 0);
		int s3 = environment.getProperty("pubsub.local.s3-port", Integer.class, 0);
		return (sqs > 0 && sns > 0 && s3 > 0) ? new RunningBroker(loopback(sqs), loopback(sns), loopback(s3)) : null;
	}

	private static URI loopback(int port) {
		return URI.create("http://127.0.0.1:" + port);
	}

	private static @Nullable RunningBroker announced(Environment environment) {
		Path file = file(environment);
		try {
			return (Files.isRegularFile(file) && isOurs(file)) ? read(file) : null;
		}
		catch (IOException | IllegalArgumentException ex) {
			return null;
		}
	}

	private static @Nullable RunningBroker read(Path file) throws IOException {
		Properties properties = new Properties();
		try (Reader reader = Files.newBufferedReader(file)) {
			properties.load(reader);
		}
		String sqs = properties.getProperty("sqs");
		String sns = properties.getProperty("sns");
		String s3 = properties.getProperty("s3");
		return (sqs != null && sns != null && s3 != null)
				? new RunningBroker(URI.create(sqs), URI.create(sns), URI.create(s3)) : null;
	}

	// The directory of temporary files is open to others, who could lead us astray.
	private static boolean isOurs(Path file) throws IOException {
		return !isPosix() || Files.getOwner(file).getName().equals(System.getProperty("user.name"));
	}

	private static boolean isPosix() {
		return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
	}

	private static boolean isUp(URI address) {
		try (Socket socket = new Socket()) {
			socket.connect(new InetSocketAddress(address.getHost(), address.getPort()), CONNECT_MILLIS);
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

	/**
	 * Lets other processes find this broker.
	 * @param environment the configuration of its service
	 * @throws IOException if that cannot be written down
	 */
	void announce(Environment environment) throws IOException {
		Path file = file(environment);
		FileAttribute<?>[] ownerOnly = isPosix()
				? new FileAttribute<?>[] {
						PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY)) }
				: new FileAttribute<?>[0];
		Files.createDirectories(file.getParent(), ownerOnly);
		Properties properties = new Properties();
		properties.setProperty("sqs", this.sqs.toString());
		properties.setProperty("sns", this.sns.toString());
		properties.setProperty("s3", this.s3.toString());
		try (Writer writer = Files.newBufferedWriter(file)) {
			properties.store(writer, null);
		}
	}

	/**
	 * Takes back what was announced, unless another broker was announced since.
	 * @param environment the configuration of its service
	 * @throws IOException if the file cannot be removed
	 */
	void withdraw(Environment environment) throws IOException {
		Path file = file(environment);
		if (equals(announced(environment))) {
			Files.deleteIfExists(file);
		}
	}

	private static Path file(Environment environment) {
		return Path.of(System.getProperty("java.io.tmpdir"),
				"pubsub-local-" + fileName(System.getProperty("user.name", "")),
				fileName(serviceName(environment)) + ".properties");
	}

	private static String fileName(String text) {
		return text.replaceAll("[^A-Za-z0-9_-]", "_");
	}

	static String serviceName(Environment environment) {
		return environment.getProperty("spring.application.name", "application");
	}

	/**
	 * The properties that lead to this broker instead of one of our own.
	 * @return values by property name
	 */
	Map<String, Object> properties() {
		return Map.of("pubsub.local.enabled", "false", "spring.cloud.aws.sqs.endpoint", this.sqs.toString(),
				"spring.cloud.aws.sns.endpoint", this.sns.toString(), "spring.cloud.aws.s3.endpoint",
				this.s3.toString(), "spring.cloud.aws.s3.path-style-access-enabled", "true");
	}

}
