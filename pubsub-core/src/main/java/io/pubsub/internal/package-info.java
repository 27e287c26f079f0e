/**
 * How texts, numbers and delays are taken from outside, and groups kept in order. Not an
 * API.
 */
@NullMarked
package io.pubsub.internal;

import org.jspecify.annotations.NullMarked;
