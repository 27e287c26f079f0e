/**
 * What tests of a service, and of a transport, need: an in-memory transport, a clock,
 * assertions and contracts.
 */
@NullMarked
package io.pubsub.test;

import org.jspecify.annotations.NullMarked;
