/**
 * What is wrong with the queues and topics of a service: facts that are read once, checks
 * that are functions of them, and findings that say how they are mended.
 */
@NullMarked
package io.pubsub.aws.doctor;

import org.jspecify.annotations.NullMarked;
