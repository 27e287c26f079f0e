@NullMarked
package io.pubsub.benchmarks.folder;

import org.jspecify.annotations.NullMarked;
