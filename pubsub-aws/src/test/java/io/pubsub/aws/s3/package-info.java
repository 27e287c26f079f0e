@NullMarked
package io.pubsub.aws.s3;

import org.jspecify.annotations.NullMarked;
