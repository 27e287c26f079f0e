/**
 * What is done with the letters in a queue for dead letters: they are looked at, judged
 * by the schemas and handlers of today, replayed, kept in a file or discarded.
 */
@NullMarked
package io.pubsub.aws.deadletter;

import org.jspecify.annotations.NullMarked;
