@NullMarked
package io.pubsub.autoconfigure.validation;

import org.jspecify.annotations.NullMarked;
