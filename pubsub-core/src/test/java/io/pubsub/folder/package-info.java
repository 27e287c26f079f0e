@NullMarked
package io.pubsub.folder;

import org.jspecify.annotations.NullMarked;
