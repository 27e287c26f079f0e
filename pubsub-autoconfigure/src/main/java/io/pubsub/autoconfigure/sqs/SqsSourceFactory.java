package io.pubsub.autoconfigure.sqs;

import io.pubsub.autoconfigure.PubSubProperties;
import io.pubsub.autoconfigure.SourceFactory;
import io.pubsub.autoconfigure.SourceSettings;
import io.pubsub.autoconfigure.internal.InputAddress;
import io.pubsub.autoconfigure.internal.MissingKinesisException;
import io.pubsub.aws.sqs.SqsSource;
import io.pubsub.aws.sqs.SqsSourceOptions;
import io.pubsub.time.Timekeeper;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

import org.springframework.boot.context.properties.PropertyMapper;

/**
 * Makes the sources of queues: whatever is neither an input that ends nor a stream.
 *
 * @param client the client of SQS
 * @param time the time
 */
record SqsSourceFactory(SqsAsyncClient client, Timekeeper time) implements SourceFactory {

	@Override
	public boolean supports(String address) {
		return InputAddress.isQueue(address);
	}

	@Override
	public SqsSource create(SourceSettings settings) {
		if (InputAddress.isStream(settings.address())) {
			throw new MissingKinesisException(settings.address());
		}
		SqsSourceOptions.Builder options = SqsSourceOptions.builder(settings.address()).backoff(settings.backoff());
		PubSubProperties.Consumer consumer = settings.consumer();
		PropertyMapper map = PropertyMapper.get();
		map.from(settings::concurrency).to(options::concurrency);
		map.from(settings::maxPrefetch).to(options::maxPrefetch);
		map.from(consumer::pollWait).to(options::pollWait);
		map.from(consumer::visibilityTimeout).to(options::visibilityTimeout);
		map.from(consumer::heartbeat).to(options::heartbeat);
		map.from(consumer.ack()::linger).to(options::ackLinger);
		return new SqsSource(this.client, options.build(), this.time);
	}

}
