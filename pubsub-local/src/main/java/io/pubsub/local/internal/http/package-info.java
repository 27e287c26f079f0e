/**
 * The rules for who is answered at all. Not API.
 */
@NullMarked
package io.pubsub.local.internal.http;

import org.jspecify.annotations.NullMarked;
