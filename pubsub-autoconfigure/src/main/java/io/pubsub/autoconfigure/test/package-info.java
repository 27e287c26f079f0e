/**
 * Tests of a Spring Boot application on the in-memory transport.
 */
@NullMarked
package io.pubsub.autoconfigure.test;

import org.jspecify.annotations.NullMarked;
