package io.pubsub.sample.pipeline.clicks;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.ResourceInUseException;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.stereotype.Component;

/**
 * The streams and the queue for a demonstration, which are there before the pipeline
 * starts. A service would never make them itself.
 */
@Component
@ConditionalOnBooleanProperty("demo")
class ClickStreams {

	private static final Logger logger = LoggerFactory.getLogger(ClickStreams.class);

	private static final int SHARDS = 2;

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	ClickStreams(KinesisAsyncClient kinesis, DynamoDbAsyncClient dynamo, SqsAsyncClient sqs,
			@Value("${stream:clicks}") String stream, @Value("${spring.application.name}") String application) {
		for (String name : List.of(stream, stream + "-counts")) {
			create(kinesis, name);
		}
		new FirstLeases(kinesis, dynamo).make(stream, application + "-" + stream);
		sqs.createQueue((request) -> request.queueName(stream + "-dead")).join();
		logger.info("There are the streams {} and {}-counts, and the queue {}-dead", stream, stream, stream);
	}

	private static void create(KinesisAsyncClient kinesis, String name) {
		try {
			kinesis.createStream((request) -> request.streamName(name).shardCount(SHARDS)).join();
		}
		catch (CompletionException ex) {
			if (!(ex.getCause() instanceof ResourceInUseException)) {
				throw ex;
			}
		}
		kinesis.waiter()
			.waitUntilStreamExists((request) -> request.streamName(name), (wait) -> wait.waitTimeout(PATIENCE))
			.join();
	}

}
