package io.pubsub.autoconfigure.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.core.annotation.AliasFor;
import org.springframework.test.context.TestPropertySource;

/**
 * Test of a whole daemon on the in-memory transport: no broker, no AWS client, no
 * credentials, and handlers that run on the thread of the test.
 * <p>
 * The test injects a {@link io.pubsub.test.PubSubTester}, which sends messages and knows
 * what became of them. Its clock is the {@link java.time.Clock} of the application, and
 * its {@link io.pubsub.time.Timekeeper}: whatever waits does so until the test advances
 * it. Before every test method, messages, outcomes and the clock are set back; the state
 * of the application's own beans is not.
 * <p>
 * Each pipeline has a queue of its own, whatever is configured as its source. Its
 * {@link io.pubsub.test.PipelineTester} is {@code tester.pipeline(name)}, and can be
 * injected if there is one pipeline only. It works on threads of its own, as ever.
 *
 * @since 0.1.0
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(webEnvironment = WebEnvironment.NONE)
@TestPropertySource(properties = { "pubsub.local.enabled=false", "spring.cloud.aws.sqs.enabled=false",
		"spring.cloud.aws.sns.enabled=false", "spring.cloud.aws.region.static=us-east-1" })
@ImportAutoConfiguration
@ExtendWith(ResetExtension.class)
public @interface PubSubTest {

	/**
	 * What the application consists of. By default it is the one whose
	 * {@code @SpringBootApplication} is in the package of the test or above. Some
	 * handlers and what they need are enough.
	 * @return component classes
	 */
	@AliasFor(annotation = SpringBootTest.class)
	Class<?>[] classes() default {};

	/**
	 * Properties of this test.
	 * @return entries of the form {@code name=value}
	 */
	@AliasFor(annotation = SpringBootTest.class)
	String[] properties() default {};

}
