package io.pubsub.local.internal.sns;

import java.util.regex.Pattern;

/**
 * The names that topics and queues have in the one region and account of the broker.
 */
public final class Arns {

	/** The region that everything lives in. */
	public static final String REGION = "us-east-1";

	/** The account that everything belongs to. */
	public static final String ACCOUNT = "000000000000";

	private static final int ELEMENTS = 6;

	// The URL of a queue may end in slashes.
	private static final Pattern FIFO = Pattern.compile(".*\\.fifo/*");

	private static final String TOPIC = "arn:aws:sns:%s:%s:".formatted(REGION, ACCOUNT);

	private static final String QUEUE = "arn:aws:sqs:%s:%s:".formatted(REGION, ACCOUNT);

	private Arns() {
	}

	/**
	 * Return the ARN of a queue.
	 * @param nameOrArn the queue's name, or its ARN already
	 * @return the ARN
	 */
	public static String queue(String nameOrArn) {
		return nameOrArn.startsWith("arn:") ? nameOrArn : QUEUE + nameOrArn;
	}

	static String topic(String name) {
		return TOPIC + name;
	}

	/**
	 * Return whether an ARN is that of a queue.
	 * @param arn the ARN
	 * @return whether it is
	 */
	public static boolean isQueue(String arn) {
		return arn.startsWith(QUEUE) && arn.length() > QUEUE.length();
	}

	static String queueName(String arn) {
		return arn.substring(QUEUE.length());
	}

	/**
	 * Whether a topic or a queue is FIFO.
	 * @param address its name or ARN, or the URL of the queue
	 * @return {@code false} if it is a standard one
	 */
	public static boolean isFifo(String address) {
		return FIFO.matcher(address).matches();
	}

	static void check(String parameter, String arn) {
		int elements = arn.split(":", -1).length;
		if (elements < ELEMENTS) {
			throw SnsException.invalidParameter(
					"%s Reason: An ARN must have at least 6 elements, not %d".formatted(parameter, elements));
		}
		if (!arn.startsWith(TOPIC)) {
			throw SnsException.invalidParameter("%s Reason: ARN %s is not one of this broker, whose ARNs start with %s"
				.formatted(parameter, arn, TOPIC));
		}
	}

}
