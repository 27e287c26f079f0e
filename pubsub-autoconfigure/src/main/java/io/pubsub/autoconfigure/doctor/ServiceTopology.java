package io.pubsub.autoconfigure.doctor;

import java.net.URI;
import java.util.List;

import io.pubsub.aws.place.AwsPlace;
import io.pubsub.aws.topology.AwsCliExport;
import io.pubsub.aws.topology.Topology;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsClient;
import software.amazon.awssdk.services.sns.SnsAsyncClient;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

import org.springframework.beans.factory.ObjectProvider;

/**
 * What the service wants of SQS and SNS, where its clients ask. It asks nobody. Safe for
 * use by many threads.
 *
 * @since 0.1.0
 */
public final class ServiceTopology {

	private static final String EMULATED = "000000000000";

	private final ServiceDoctor doctor;

	private final SqsAsyncClient sqs;

	private final ObjectProvider<SnsAsyncClient> sns;

	ServiceTopology(ServiceDoctor doctor, SqsAsyncClient sqs, ObjectProvider<SnsAsyncClient> sns) {
		this.doctor = doctor;
		this.sqs = sqs;
		this.sns = sns;
	}

	/**
	 * Works out the topology.
	 * @param account the account, if the addresses do not say; {@code null} for none, or
	 * for that of an emulator
	 * @param topics the ARNs of topics of others from which its queues get messages too
	 * @return the topology
	 */
	public Topology topology(@Nullable String account, List<String> topics) {
		boolean emulated = account == null && !SqsSettings.isOfAws(this.sqs);
		return Topology.of(this.doctor.service(), new Topology.Home(region(), emulated ? EMULATED : account), topics);
	}

	private @Nullable String region() {
		return AwsPlace.configurationOf(this.sqs).map((asked) -> asked.region().id()).orElse(null);
	}

	/**
	 * The export for the AWS command line.
	 * @param topology the topology
	 * @return the export, for the place that is asked
	 */
	public AwsCliExport awsCli(Topology topology) {
		SnsAsyncClient topics = this.sns.getIfAvailable();
		return new AwsCliExport(topology, region(), endpoint(this.sqs), (topics != null) ? endpoint(topics) : null);
	}

	private static @Nullable String endpoint(AwsClient client) {
		return AwsPlace.configurationOf(client)
			.flatMap((asked) -> asked.endpointOverride().map(URI::toString))
			.orElse(null);
	}

}
