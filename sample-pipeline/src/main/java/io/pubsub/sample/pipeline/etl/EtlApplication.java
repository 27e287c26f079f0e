package io.pubsub.sample.pipeline.etl;

import io.pubsub.autoconfigure.kinesis.PubSubKinesisAutoConfiguration;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * The application of the command {@code etl}, which needs no stream.
 */
@SpringBootApplication(exclude = PubSubKinesisAutoConfiguration.class, proxyBeanMethods = false)
public class EtlApplication {

}
