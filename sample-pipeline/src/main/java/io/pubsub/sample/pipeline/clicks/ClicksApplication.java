package io.pubsub.sample.pipeline.clicks;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;

/**
 * The application of the command {@code clicks}.
 */
@SpringBootApplication(exclude = DataSourceAutoConfiguration.class, proxyBeanMethods = false)
public class ClicksApplication {

}
