package io.pubsub.local;

import java.util.concurrent.CountDownLatch;

/**
 * The broker as a process of its own: {@code --sqs-port=}, {@code --sns-port=} and
 * {@code --s3-port=}, 0 for a free one.
 *
 * @since 0.1.0
 */
public final class LocalBrokerApplication {

	private static final String SQS_PORT = "--sqs-port=";

	private static final String SNS_PORT = "--sns-port=";

	private static final String S3_PORT = "--s3-port=";

	private LocalBrokerApplication() {
	}

	public static void main(String[] args) throws InterruptedException {
		QuietLogging.applyToProcess();
		LocalBroker.Builder builder = LocalBroker.builder();
		for (String arg : args) {
			if (arg.startsWith(SQS_PORT)) {
				builder.sqsPort(Integer.parseInt(arg.substring(SQS_PORT.length())));
			}
			else if (arg.startsWith(SNS_PORT)) {
				builder.snsPort(Integer.parseInt(arg.substring(SNS_PORT.length())));
			}
			else if (arg.startsWith(S3_PORT)) {
				builder.s3Port(Integer.parseInt(arg.substring(S3_PORT.length())));
			}
			else {
				throw new IllegalArgumentException(
						"%s is unknown: use %sN, %sN and %sN".formatted(arg, SQS_PORT, SNS_PORT, S3_PORT));
			}
		}
		LocalBroker broker = builder.start();
		Runtime.getRuntime().addShutdownHook(new Thread(broker::close));
		System.out.println(broker);
		new CountDownLatch(1).await();
	}

}
