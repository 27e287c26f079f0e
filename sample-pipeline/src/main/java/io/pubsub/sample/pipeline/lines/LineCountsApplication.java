package io.pubsub.sample.pipeline.lines;

import io.pubsub.autoconfigure.kinesis.PubSubKinesisAutoConfiguration;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;

/**
 * The application of the command {@code line-counts}, which needs neither a database nor
 * a stream.
 */
@SpringBootApplication(exclude = { DataSourceAutoConfiguration.class, PubSubKinesisAutoConfiguration.class },
		proxyBeanMethods = false)
public class LineCountsApplication {

}
