/**
 * The counting of clicks: they come from a stream, and the number of those on each page
 * in each window of time goes to another one.
 */
@NullMarked
package io.pubsub.sample.pipeline.clicks;

import org.jspecify.annotations.NullMarked;
