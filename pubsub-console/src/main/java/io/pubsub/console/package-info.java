/**
 * The console: a page of the actuator that shows what a service does, and operates it.
 * <p>
 * What happens is recorded in <em>tracks</em>, one for each consumer, handler and topic;
 * what can only be asked for is sampled into <em>gauges</em>. Both remember the last
 * quarter of an hour in slots of ten seconds, so that a page that is opened now shows the
 * past.
 */
@NullMarked
package io.pubsub.console;

import org.jspecify.annotations.NullMarked;
