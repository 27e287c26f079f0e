/**
 * The workbench for dead letters: which queues have them, what would become of them now,
 * and the endpoint of the actuator.
 */
@NullMarked
package io.pubsub.autoconfigure.deadletter;

import org.jspecify.annotations.NullMarked;
