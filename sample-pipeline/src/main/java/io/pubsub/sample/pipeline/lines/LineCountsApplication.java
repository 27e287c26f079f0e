package io.pubsub.sample.pipeline.lines;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * The application of the command {@code line-counts}.
 */
@SpringBootApplication(proxyBeanMethods = false)
public class LineCountsApplication {

}
