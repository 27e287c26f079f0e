package io.pubsub.benchmarks.pipeline;

/**
 * A word, and how often it has come.
 *
 * @param word the word
 * @param count how often it has come
 */
record WordCount(String word, int count) {

}
