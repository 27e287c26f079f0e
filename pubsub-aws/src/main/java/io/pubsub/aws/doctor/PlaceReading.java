package io.pubsub.aws.doctor;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.CompletableFuture;

import io.pubsub.aws.place.AwsPlace;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.AwsServiceClientConfiguration;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.sns.SnsAsyncClient;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

/**
 * Finds out where is asked, and as whom.
 */
final class PlaceReading {

	private static final Logger logger = LoggerFactory.getLogger(PlaceReading.class);

	private final @Nullable AwsServiceClientConfiguration configuration;

	private final @Nullable AwsServiceClientConfiguration ofSns;

	private final Clock clock;

	private volatile @Nullable String accessKeyId;

	private volatile @Nullable String caller;

	private volatile @Nullable Duration skew;

	PlaceReading(SqsAsyncClient sqs, @Nullable SnsAsyncClient sns, Clock clock) {
		this.configuration = AwsPlace.configurationOf(sqs).orElse(null);
		this.ofSns = (sns != null) ? AwsPlace.configurationOf(sns).orElse(null) : null;
		this.clock = clock;
	}

	// That there are none, the questions tell.
	CompletableFuture<Boolean> identify() {
		AwsServiceClientConfiguration known = this.configuration;
		if (known == null) {
			return CompletableFuture.completedFuture(false);
		}
		return CompletableFuture.completedFuture(known.credentialsProvider())
			.thenComposeAsync((provider) -> provider.resolveIdentity().thenApply((identity) -> {
				this.accessKeyId = identity.accessKeyId();
				return true;
			}))
			.exceptionally((failure) -> false);
	}

	void foundCaller(String arn) {
		this.caller = arn;
	}

	void note(SdkResponse response) {
		if (response.sdkHttpResponse() != null) {
			response.sdkHttpResponse().firstMatchingHeader("Date").ifPresent(this::note);
		}
	}

	// Answers come at once from several services: the worst counts, not the last.
	private synchronized void note(String date) {
		try {
			Instant theirs = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date));
			Duration found = Duration.between(this.clock.instant(), theirs);
			Duration known = this.skew;
			if (known == null || found.abs().compareTo(known.abs()) > 0) {
				this.skew = found;
			}
		}
		catch (DateTimeException ex) {
			logger.debug("An answer has no time in its header Date", ex);
		}
	}

	Place place() {
		AwsServiceClientConfiguration known = this.configuration;
		return new Place((known != null) ? known.region().id() : null, endpoint(known), endpoint(this.ofSns),
				this.accessKeyId, this.caller, this.skew);
	}

	private static @Nullable String endpoint(@Nullable AwsServiceClientConfiguration known) {
		return (known != null) ? known.endpointOverride().map(Object::toString).orElse(null) : null;
	}

}
