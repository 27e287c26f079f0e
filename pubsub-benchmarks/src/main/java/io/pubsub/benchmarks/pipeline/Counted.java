package io.pubsub.benchmarks.pipeline;

/**
 * A word that was counted, on its way.
 *
 * @param origin the message that it comes from
 * @param count the count
 */
record Counted(Origin origin, WordCount count) {

}
