@NullMarked
package io.pubsub.aws.place;

import org.jspecify.annotations.NullMarked;
