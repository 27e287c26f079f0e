package io.pubsub.aws.faults;

import java.net.URI;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

import io.pubsub.aws.deadletter.DeadLetterQueue;
import io.pubsub.aws.deadletter.Judge;
import io.pubsub.aws.deadletter.ReplayOptions;
import io.pubsub.aws.deadletter.Selection;
import io.pubsub.daemon.Rate;
import io.pubsub.time.Timekeeper;
import org.awaitility.Awaitility;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;

/**
 * A replay of dead letters in a process of its own, which tells of each letter.
 */
public final class ReplayProcess {

	private static final String REPLAYED = "replayed";

	private static final Rate FAST = new Rate(200, ChronoUnit.SECONDS);

	private ReplayProcess() {
	}

	/**
	 * Replays all letters.
	 * @param args the endpoint, and the URLs of the queue for dead letters and of the one
	 * that they are sent to
	 */
	public static void main(String[] args) {
		try (SqsAsyncClient client = SqsClients.at(URI.create(args[0]), new ShortVisibility())) {
			ReplayOptions options = new ReplayOptions(FAST, args[2], Integer.MAX_VALUE, 0, Duration.ZERO);
			new DeadLetterQueue(client, args[1], Judge.none(), UnaryOperator.identity(), Timekeeper.shared())
				.replay(Selection.ALL, options, (soFar) -> System.out.println(REPLAYED));
		}
	}

	/**
	 * Starts a replay and kills it in the middle.
	 * @param endpoint the endpoint
	 * @param letters the queue for dead letters
	 * @param target the queue that they are sent to
	 * @param after the number of letters after which it is killed
	 * @throws InterruptedException if the thread is interrupted
	 */
	static void killAfter(URI endpoint, TestQueue letters, TestQueue target, int after) throws InterruptedException {
		AtomicInteger replayed = new AtomicInteger();
		try (ChildJvm process = ChildJvm.start(ReplayProcess.class, (line) -> {
			if (line.equals(REPLAYED)) {
				replayed.incrementAndGet();
			}
		}, endpoint.toString(), letters.url(), target.url())) {
			Awaitility.await().atMost(Faults.PATIENCE).until(() -> replayed.get() >= after);
			process.kill();
		}
	}

	/**
	 * Hides what was received for three seconds, so that a test need not wait for a
	 * minute.
	 */
	private static final class ShortVisibility implements ExecutionInterceptor {

		@Override
		public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
			return (context.request() instanceof ReceiveMessageRequest receive)
					? receive.toBuilder().visibilityTimeout(3).build() : context.request();
		}

	}

}
