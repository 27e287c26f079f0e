/**
 * The resources that messages refer to by a URI: which are fetched, how, and for whom.
 */
@NullMarked
package io.pubsub.uri;

import org.jspecify.annotations.NullMarked;
