package io.pubsub.aws.doctor;

import java.time.Duration;

import io.pubsub.aws.internal.Shell;
import org.jspecify.annotations.Nullable;

/**
 * Where is asked, and as whom.
 *
 * @param region the region; {@code null} if the client does not say
 * @param endpoint the endpoint of SQS, if it is not that of AWS
 * @param snsEndpoint the endpoint of SNS, if it is not that of AWS
 * @param accessKeyId the id of the access key, which is no secret; {@code null} if there
 * are no credentials, or they were not found in time
 * @param caller the ARN of the role or user; {@code null} if it is not known
 * @param skew the time by which the clock of AWS is ahead of ours; {@code null} if
 * nothing was answered
 * @since 0.1.0
 */
public record Place(@Nullable String region, @Nullable String endpoint, @Nullable String snsEndpoint,
		@Nullable String accessKeyId, @Nullable String caller, @Nullable Duration skew) {

	Shell shell() {
		return new Shell(this.region, this.endpoint, this.snsEndpoint);
	}

}
