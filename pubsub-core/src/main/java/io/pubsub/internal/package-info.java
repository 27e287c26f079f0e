/**
 * How text and numbers are taken from outside. Not an API.
 */
@NullMarked
package io.pubsub.internal;

import org.jspecify.annotations.NullMarked;
