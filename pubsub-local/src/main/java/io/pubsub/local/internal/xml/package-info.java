/**
 * XML as the broker reads and writes it. Not API.
 */
@NullMarked
package io.pubsub.local.internal.xml;

import org.jspecify.annotations.NullMarked;
