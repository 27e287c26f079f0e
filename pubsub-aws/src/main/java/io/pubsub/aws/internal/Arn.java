package io.pubsub.aws.internal;

import java.net.URI;
import java.util.List;

import io.pubsub.aws.place.AwsPlace;
import org.jspecify.annotations.Nullable;

/**
 * The address of a queue or topic, taken apart.
 *
 * @param partition the partition, such as {@code aws}; {@code null} if the address does
 * not say
 * @param service {@code sqs} or {@code sns}
 * @param region the region; {@code null} if the address does not say
 * @param account the account; {@code null} if the address does not say
 * @param name the name
 */
public record Arn(@Nullable String partition, String service, @Nullable String region, @Nullable String account,
		String name) {

	// AWS has no such account.
	private static final String EMULATED = "000000000000";

	private static final int PARTS = 6;

	/**
	 * Reads an address.
	 * @param address an ARN, the URL of a queue, or its name
	 * @return the parts that it says
	 */
	public static Arn of(String address) {
		List<String> parts = List.of(address.split(":", PARTS));
		if (address.startsWith("arn:") && parts.size() == PARTS) {
			return new Arn(parts.get(1), parts.get(2), known(parts.get(3)), known(parts.get(4)), parts.get(5));
		}
		return address.startsWith("http") ? ofUrl(address) : new Arn(null, "sqs", null, null, address);
	}

	private static Arn ofUrl(String url) {
		List<String> parts = List.of(url.replaceAll("/+$", "").split("/", -1));
		String account = (parts.size() > 1) ? parts.get(parts.size() - 2) : "";
		return new Arn(null, "sqs", region(url), account.matches("\\d{12}") ? account : null,
				parts.get(parts.size() - 1));
	}

	private static @Nullable String region(String url) {
		try {
			return AwsPlace.ofQueueUrl(url, String.valueOf(URI.create(url).getHost())).region();
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	private static @Nullable String known(String part) {
		return part.isEmpty() ? null : part;
	}

	/**
	 * The same with what was not known taken from elsewhere.
	 * @param otherPartition the partition if it is not known
	 * @param otherRegion the region if it is not known
	 * @param otherAccount the account if it is not known
	 * @return the address
	 */
	public Arn or(@Nullable String otherPartition, @Nullable String otherRegion, @Nullable String otherAccount) {
		return new Arn((this.partition != null) ? this.partition : otherPartition, this.service,
				(this.region != null) ? this.region : otherRegion, (this.account != null) ? this.account : otherAccount,
				this.name);
	}

	/**
	 * A queue of the same place.
	 * @param queue its name
	 * @return the address
	 */
	public Arn withName(String queue) {
		return new Arn(this.partition, this.service, this.region, this.account, queue);
	}

	/**
	 * The name of the queue for the dead letters of this queue.
	 * @return the name, which has the same kind
	 */
	public String deadLetters() {
		return this.name.replaceFirst("(\\.fifo)?$", "-dead-letters$1");
	}

	/**
	 * Whether the account is that of emulators.
	 * @return {@code false} for one of AWS, and if it is not known
	 */
	public boolean isEmulated() {
		return EMULATED.equals(this.account);
	}

	/**
	 * The ARN. What is not known stands as a wildcard.
	 * @return the text, as policies take it
	 */
	@Override
	public String toString() {
		return "arn:%s:%s:%s:%s:%s".formatted((this.partition != null) ? this.partition : "aws", this.service,
				(this.region != null) ? this.region : "*", (this.account != null) ? this.account : "*", this.name);
	}

}
