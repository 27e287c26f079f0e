@NullMarked
package io.pubsub.autoconfigure.doctor;

import org.jspecify.annotations.NullMarked;
