/**
 * Whether all properties are known ones that have a value.
 */
@NullMarked
package io.pubsub.autoconfigure.validation;

import org.jspecify.annotations.NullMarked;
