/**
 * Objects of S3: what S3 tells of them, and their content.
 */
@NullMarked
package io.pubsub.aws.s3;

import org.jspecify.annotations.NullMarked;
