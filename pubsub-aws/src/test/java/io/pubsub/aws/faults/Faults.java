package io.pubsub.aws.faults;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Duration;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests that break what a daemon depends on, with a broker in a process of its own.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("faults")
@ExtendWith(SharedBroker.class)
@interface Faults {

	/**
	 * The time that a test waits for what must happen: longer than the slowest machine
	 * needs.
	 */
	Duration PATIENCE = Duration.ofMinutes(2);

}
