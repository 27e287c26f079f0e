package io.pubsub.local;

import java.net.URI;

import io.pubsub.local.internal.sns.Arns;
import org.apache.pekko.http.scaladsl.Http.ServerBinding;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import scala.jdk.javaapi.FutureConverters;

/**
 * ElasticMQ inside this JVM, bound to the loopback address only.
 */
final class EmbeddedSqs implements AutoCloseable {

	private final ServerBinding binding;

	private final QueueMetrics metrics;

	private EmbeddedSqs(ServerBinding binding, QueueMetrics metrics) {
		this.binding = binding;
		this.metrics = metrics;
	}

	static EmbeddedSqs start(Actors actors, int port) {
		Actors.checkFree("SQS", port);
		QueueMetrics metrics = QueueMetrics.beforeStart();
		try {
			ServerBinding binding = SQSRestServerBuilder.withActorSystem(actors.system())
				.withInterface(Actors.HOST)
				.withPort(port)
				.withAWSRegion(Arns.REGION)
				.withAWSAccountId(Arns.ACCOUNT)
				.start()
				.waitUntilStarted();
			return new EmbeddedSqs(binding, metrics);
		}
		// Scala throws what it does not declare.
		catch (Exception ex) {
			metrics.afterStop();
			throw StartFailure.describe("SQS", port, ex);
		}
	}

	URI endpoint() {
		return URI.create("http://%s:%d".formatted(Actors.HOST, this.binding.localAddress().getPort()));
	}

	@Override
	public void close() {
		// The server's own stop would wait for long polls to end.
		Actors.await(FutureConverters.asJava(this.binding.unbind()), "ElasticMQ");
		this.metrics.afterStop();
	}

}
