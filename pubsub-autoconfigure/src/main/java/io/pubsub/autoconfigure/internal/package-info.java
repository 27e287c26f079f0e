/**
 * Parts of the auto-configuration that several of its packages use. They are no API.
 */
@NullMarked
package io.pubsub.autoconfigure.internal;

import org.jspecify.annotations.NullMarked;
