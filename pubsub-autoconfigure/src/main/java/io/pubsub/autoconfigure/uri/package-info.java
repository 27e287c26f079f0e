/**
 * How an application fetches the resources that messages refer to by a URI.
 */
@NullMarked
package io.pubsub.autoconfigure.uri;

import org.jspecify.annotations.NullMarked;
