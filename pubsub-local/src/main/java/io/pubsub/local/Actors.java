package io.pubsub.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.pubsub.local.internal.sqs.QueuePolicies;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.ExtendedActorSystem;
import scala.jdk.javaapi.FutureConverters;

/**
 * The actor system that both servers run on. Its threads do not keep the JVM alive.
 */
final class Actors implements AutoCloseable {

	/** Where the servers listen. */
	static final String HOST = "127.0.0.1";

	private static final byte[] LOOPBACK = { 127, 0, 0, 1 };

	private static final long CLOSE_SECONDS = 5;

	private final ActorSystem system;

	private final QueuePolicies policies;

	private Actors(ActorSystem system, QueuePolicies policies) {
		this.system = system;
		this.policies = policies;
	}

	static Actors start() {
		QuietLogging.apply();
		ClassLoader classLoader = Actors.class.getClassLoader();
		// Not ConfigFactory.load(): the application.conf of an application is none of
		// ours.
		Config config = ConfigFactory.parseResources(Actors.class, "actors.conf")
			.withFallback(ConfigFactory.defaultReference(classLoader))
			.resolve();
		ActorSystem system = ActorSystem.create("pubsub-local", config, classLoader);
		QueuePolicies policies = new QueuePolicies();
		FrontedHttp.install((ExtendedActorSystem) system, policies);
		return new Actors(system, policies);
	}

	ActorSystem system() {
		return this.system;
	}

	QueuePolicies policies() {
		return this.policies;
	}

	// Pekko would log an error with its stack trace before we can say it better.
	static void checkFree(String server, int port) {
		try {
			new ServerSocket(port, 1, InetAddress.getByAddress(HOST, LOOPBACK)).close();
		}
		catch (IOException ex) {
			throw StartFailure.describe(server, port, ex);
		}
	}

	@Override
	public void close() {
		await(FutureConverters.asJava(this.system.terminate()), "The actors");
	}

	static void await(CompletionStage<?> stopped, String name) {
		try {
			stopped.toCompletableFuture().get(CLOSE_SECONDS, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (ExecutionException | TimeoutException ex) {
			throw new LocalBrokerException("%s did not stop within %d seconds".formatted(name, CLOSE_SECONDS), ex);
		}
	}

}
