@NullMarked
package io.pubsub.autoconfigure.folder;

import org.jspecify.annotations.NullMarked;
