/**
 * What makes a Spring Boot application publish and consume: auto-configuration,
 * properties and command line.
 */
@NullMarked
package io.pubsub.autoconfigure;

import org.jspecify.annotations.NullMarked;
