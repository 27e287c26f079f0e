package io.pubsub.sample.pipeline.etl;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * The application of the command {@code etl}.
 */
@SpringBootApplication(proxyBeanMethods = false)
public class EtlApplication {

}
