package io.pubsub.autoconfigure.scan;

import io.pubsub.MediaType;
import io.pubsub.MediaTypes;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * An application with all that is automatic. It has the schemas of its package only, not
 * those of all tests.
 */
@EnableAutoConfiguration
public class RealApplication {

	@Bean
	MediaType mediaType(MediaTypes mediaTypes) {
		return mediaTypes.created("foo");
	}

}
