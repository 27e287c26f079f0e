package io.pubsub.sample.pipeline.words;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * The application of the command {@code words}.
 */
@SpringBootApplication(proxyBeanMethods = false)
public class WordsApplication {

}
