@NullMarked
package io.pubsub.local.internal.http;

import org.jspecify.annotations.NullMarked;
