package io.pubsub.sample.pipeline.lines;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;

/**
 * The application of the command {@code line-counts}.
 */
@SpringBootApplication(exclude = DataSourceAutoConfiguration.class, proxyBeanMethods = false)
public class LineCountsApplication {

}
