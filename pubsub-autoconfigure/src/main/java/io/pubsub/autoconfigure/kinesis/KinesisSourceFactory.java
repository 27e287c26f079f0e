package io.pubsub.autoconfigure.kinesis;

import java.util.Objects;

import io.pubsub.autoconfigure.SourceFactory;
import io.pubsub.autoconfigure.SourceSettings;
import io.pubsub.autoconfigure.internal.InputAddress;
import io.pubsub.autoconfigure.internal.InvalidPropertyException;
import io.pubsub.kinesis.consume.KinesisSource;
import io.pubsub.kinesis.consume.KinesisSourceOptions;
import io.pubsub.kinesis.consume.StartingPosition;
import io.pubsub.kinesis.stream.StreamAddress;
import io.pubsub.time.Timekeeper;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;

import org.springframework.boot.context.properties.PropertyMapper;
import org.springframework.core.env.Environment;

/**
 * Makes the sources of streams.
 *
 * @param kinesis the client of Kinesis
 * @param dynamo the client of DynamoDB
 * @param properties the properties
 * @param environment the environment, with the name of the application
 * @param time the time
 */
record KinesisSourceFactory(KinesisAsyncClient kinesis, DynamoDbAsyncClient dynamo, PubSubKinesisProperties properties,
		Environment environment, Timekeeper time) implements SourceFactory {

	@Override
	public boolean supports(String address) {
		return InputAddress.isStream(address);
	}

	@Override
	public KinesisSource create(SourceSettings settings) {
		String address = settings.address();
		// The shards of two streams may have the same ids.
		String application = application() + "-" + StreamAddress.parse(address).name();
		KinesisSourceOptions.Builder options = KinesisSourceOptions.builder(address, application)
			.start(start())
			.backoff(settings.backoff())
			.maxAttempts(Objects.requireNonNull(InputAddress.maxAttempts(address, settings.consumer().maxAttempts())));
		PropertyMapper map = PropertyMapper.get();
		map.from(settings::concurrency).to(options::concurrency);
		map.from(settings::maxPrefetch).to(options::maxPrefetch);
		map.from(this.properties::worker).to(options::worker);
		map.from(this.properties::fanOut).to(options::fanOut);
		map.from(this.properties::pollInterval).to(options::pollInterval);
		map.from(this.properties::failover).to(options::failover);
		map.from(this.properties::maxOpen).to(options::maxOpen);
		map.from(this.properties::maxRetryTime).to(options::maxRetryTime);
		return new KinesisSource(this.kinesis, this.dynamo, options.build(), this.time);
	}

	private String application() {
		String configured = this.properties.application();
		String name = (configured != null) ? configured : this.environment.getProperty("spring.application.name");
		if (name == null || name.isBlank()) {
			throw new InvalidPropertyException("pubsub.kinesis.application",
					"pubsub.kinesis.application is not set, and neither is spring.application.name: all instances of a"
							+ " service share a stream under one name");
		}
		return name;
	}

	private StartingPosition start() {
		try {
			return StartingPosition.of(this.properties.start());
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidPropertyException("pubsub.kinesis.start", "pubsub.kinesis.start: " + ex.getMessage());
		}
	}

}
