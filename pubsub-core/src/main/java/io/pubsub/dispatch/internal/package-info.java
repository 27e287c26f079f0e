/**
 * What receivers have in common on the threads that do their work; not for others.
 */
@NullMarked
package io.pubsub.dispatch.internal;

import org.jspecify.annotations.NullMarked;
