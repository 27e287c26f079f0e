@NullMarked
package io.pubsub.jdbc;

import org.jspecify.annotations.NullMarked;
