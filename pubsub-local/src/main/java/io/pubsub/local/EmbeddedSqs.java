package io.pubsub.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.pubsub.local.internal.sns.Arns;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.http.scaladsl.Http.ServerBinding;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import scala.concurrent.Future;
import scala.jdk.javaapi.FutureConverters;

/**
 * ElasticMQ inside this JVM, bound to the loopback address only.
 */
final class EmbeddedSqs implements AutoCloseable {

	static final String HOST = "127.0.0.1";

	private static final byte[] LOOPBACK = { 127, 0, 0, 1 };

	private static final long CLOSE_SECONDS = 5;

	private final ActorSystem actors;

	private final ServerBinding binding;

	private final QueueMetrics metrics;

	private EmbeddedSqs(ActorSystem actors, ServerBinding binding, QueueMetrics metrics) {
		this.actors = actors;
		this.binding = binding;
		this.metrics = metrics;
	}

	static EmbeddedSqs start(int port) {
		checkFree(port);
		QuietLogging.apply();
		QueueMetrics metrics = QueueMetrics.beforeStart();
		ActorSystem actors = startActors();
		try {
			ServerBinding binding = SQSRestServerBuilder.withActorSystem(actors)
				.withInterface(HOST)
				.withPort(port)
				.withAWSRegion(Arns.REGION)
				.withAWSAccountId(Arns.ACCOUNT)
				.start()
				.waitUntilStarted();
			return new EmbeddedSqs(actors, binding, metrics);
		}
		// Scala throws what it does not declare.
		catch (Exception ex) {
			await(actors.terminate());
			metrics.afterStop();
			throw StartFailure.describe("SQS", "sqsPort", port, ex);
		}
	}

	// ElasticMQ would log two errors with their stack traces before we can say it better.
	private static void checkFree(int port) {
		try {
			new ServerSocket(port, 1, InetAddress.getByAddress(HOST, LOOPBACK)).close();
		}
		catch (IOException ex) {
			throw StartFailure.describe("SQS", "sqsPort", port, ex);
		}
	}

	private static ActorSystem startActors() {
		ClassLoader classLoader = EmbeddedSqs.class.getClassLoader();
		// Not ConfigFactory.load(): the application.conf of an application is none of
		// ours.
		Config config = ConfigFactory.parseResources(EmbeddedSqs.class, "elasticmq.conf")
			.withFallback(ConfigFactory.defaultReference(classLoader))
			.resolve();
		return ActorSystem.create("pubsub-local-sqs", config, classLoader);
	}

	URI endpoint() {
		return URI.create("http://%s:%d".formatted(HOST, this.binding.localAddress().getPort()));
	}

	@Override
	public void close() {
		// The server's own stop would wait for long polls to end.
		await(this.binding.unbind());
		await(this.actors.terminate());
		this.metrics.afterStop();
	}

	private static void await(Future<?> future) {
		try {
			FutureConverters.asJava(future).toCompletableFuture().get(CLOSE_SECONDS, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (ExecutionException | TimeoutException ex) {
			throw new LocalBrokerException("ElasticMQ did not stop within %d seconds".formatted(CLOSE_SECONDS), ex);
		}
	}

}
