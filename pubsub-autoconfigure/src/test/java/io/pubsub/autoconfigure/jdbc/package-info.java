@NullMarked
package io.pubsub.autoconfigure.jdbc;

import org.jspecify.annotations.NullMarked;
