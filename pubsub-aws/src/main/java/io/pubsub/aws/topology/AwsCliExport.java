package io.pubsub.aws.topology;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.pubsub.aws.internal.ResourcePolicy;
import io.pubsub.aws.internal.ServiceCall;
import io.pubsub.aws.internal.Shell;
import io.pubsub.aws.topology.Topology.Queue;
import io.pubsub.aws.topology.Topology.Subscription;
import io.pubsub.aws.topology.Topology.Topic;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/**
 * Writes a {@link Topology} as a script for a POSIX shell, which may be run again: what
 * is there is changed to what is wanted. It deletes nothing.
 * <p>
 * The script sets the policy of each queue, so that statements of others are lost.
 *
 * @since 0.1.0
 */
public final class AwsCliExport {

	private final Topology topology;

	private final @Nullable String sqsEndpoint;

	private final Shell shell;

	/**
	 * Makes an export.
	 * @param topology the topology
	 * @param region the region; {@code null} leaves it to whoever runs the script
	 * @param sqsEndpoint the address of SQS, if it is not that of AWS
	 * @param snsEndpoint the address of SNS, if it is not that of AWS
	 */
	public AwsCliExport(Topology topology, @Nullable String region, @Nullable String sqsEndpoint,
			@Nullable String snsEndpoint) {
		this.topology = topology;
		this.sqsEndpoint = sqsEndpoint;
		this.shell = new Shell(region, sqsEndpoint, snsEndpoint);
	}

	/**
	 * The script.
	 * @return its lines
	 * @throws UnknownPlaceException if the account or the region of a queue is not known
	 */
	public String text() {
		List<String> lines = new ArrayList<>(List.of("#!/bin/sh",
				"# What %s wants of SQS and SNS. It may be run again.".formatted(this.topology.service().name()),
				"set -eu"));
		this.topology.remarks().forEach((remark) -> lines.add("# " + remark));
		this.topology.queues().stream().flatMap(this::create).forEach(lines::add);
		this.topology.topics().stream().flatMap(this::create).forEach(lines::add);
		this.topology.queues().stream().flatMap(this::let).forEach(lines::add);
		this.topology.subscriptions().stream().map(this::subscribe).forEach(lines::add);
		return String.join("\n", lines) + "\n";
	}

	private Stream<String> create(Queue queue) {
		Map<String, String> attributes = new TreeMap<>();
		if (queue.letters() != null) {
			attributes.put("RedrivePolicy", Shell.redrivePolicy(queue.letters().toString(), queue.maxReceiveCount()));
		}
		else {
			attributes.put("MessageRetentionPeriod", Shell.LONGEST_RETENTION);
		}
		if (queue.visibility() != null) {
			attributes.put("VisibilityTimeout", queue.visibility().toString());
		}
		return Stream.of(this.shell.createQueue(queue.address().name()), this.shell.setQueue(url(queue), attributes));
	}

	private String url(Queue queue) {
		if (queue.url() != null) {
			return queue.url();
		}
		String region = queue.address().region();
		if (queue.address().account() == null || region == null) {
			throw new UnknownPlaceException(queue.address().name());
		}
		String host = (this.sqsEndpoint != null) ? this.sqsEndpoint.replaceAll("/+$", "")
				: "https://sqs.%s.%s".formatted(region, PartitionMetadata.of(Region.of(region)).dnsSuffix());
		return "%s/%s/%s".formatted(host, queue.address().account(), queue.address().name());
	}

	private Stream<String> create(Topic topic) {
		String create = this.shell.createTopic(topic.address().name());
		return (topic.maximumMessageSize() == null) ? Stream.of(create) : Stream.of(create, this.shell
			.setTopic(topic.address().toString(), "MaximumMessageSize", topic.maximumMessageSize().toString()));
	}

	private Stream<String> let(Queue queue) {
		ResourcePolicy policy = ResourcePolicy.parse(null);
		for (Subscription subscription : this.topology.subscriptionsOf(queue).toList()) {
			policy = policy.letting(ServiceCall.delivery(subscription.topic().toString(), queue.address().toString()));
		}
		return policy.isEmpty() ? Stream.empty()
				: Stream.of(this.shell.setQueue(url(queue), Map.of("Policy", policy.json())));
	}

	private String subscribe(Subscription subscription) {
		Map<String, String> attributes = new TreeMap<>();
		if (subscription.raw()) {
			attributes.put("RawMessageDelivery", "true");
		}
		if (subscription.filter() != null) {
			attributes.put("FilterPolicy", subscription.filter().json());
		}
		String topic = subscription.topic().toString();
		String queue = subscription.queue().address().toString();
		return attributes.isEmpty() ? this.shell.subscribe(topic, queue)
				: this.shell.subscribe(topic, queue, attributes);
	}

}
