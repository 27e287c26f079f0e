/**
 * JSON as the broker reads it. Not API.
 */
@NullMarked
package io.pubsub.local.internal.json;

import org.jspecify.annotations.NullMarked;
