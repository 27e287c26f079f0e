/**
 * What schema classes declare with annotations on their members. Not an API.
 */
@NullMarked
package io.pubsub.schema.internal;

import org.jspecify.annotations.NullMarked;
