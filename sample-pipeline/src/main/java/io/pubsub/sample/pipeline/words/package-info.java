/**
 * The word count: sentences come in, and how often each word has come goes out.
 */
@NullMarked
package io.pubsub.sample.pipeline.words;

import org.jspecify.annotations.NullMarked;
