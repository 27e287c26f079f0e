@NullMarked
package io.pubsub.aws.doctor;

import org.jspecify.annotations.NullMarked;
