package io.pubsub.sample.pipeline.words;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;

/**
 * The application of the command {@code words}.
 */
@SpringBootApplication(exclude = DataSourceAutoConfiguration.class, proxyBeanMethods = false)
public class WordsApplication {

}
