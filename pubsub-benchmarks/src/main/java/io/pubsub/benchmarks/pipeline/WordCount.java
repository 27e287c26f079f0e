package io.pubsub.benchmarks.pipeline;

/**
 * A word with its count.
 *
 * @param word the word
 * @param count the number of times that it has come
 */
record WordCount(String word, int count) {

}
