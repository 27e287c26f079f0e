/**
 * The doctor: looks for what is wrong with the queues and topics of the service.
 */
@NullMarked
package io.pubsub.autoconfigure.doctor;

import org.jspecify.annotations.NullMarked;
