package io.pubsub.kinesis.consume;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import io.pubsub.time.Timekeeper;
import io.pubsub.transport.Delivery;
import io.pubsub.transport.Subscription;

/**
 * A process that consumes a stream, and prints the id and the body of each record when it
 * has acknowledged it. It stops when its input ends, and says so.
 */
public final class StreamWorker {

	private StreamWorker() {
	}

	/**
	 * Runs.
	 * @param arguments the endpoint, the name of the stream, that of the application and
	 * that of the worker
	 * @throws IOException if the input cannot be read
	 */
	public static void main(String[] arguments) throws IOException {
		ServerClients clients = new ServerClients(arguments[0]);
		KinesisSource source = clients.source(arguments[1], arguments[2], arguments[3], Timekeeper.shared());
		ExecutorService threads = Executors.newFixedThreadPool(10);
		Subscription subscription = source.start((delivery) -> threads.execute(() -> handle(delivery)));
		new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
		subscription.stop(Duration.ofSeconds(5));
		System.out.println("stopped");
		System.exit(0);
	}

	private static void handle(Delivery delivery) {
		if (delivery.begin()) {
			delivery.ack();
			System.out.println(delivery.message().id() + " " + delivery.message().body());
		}
	}

}
