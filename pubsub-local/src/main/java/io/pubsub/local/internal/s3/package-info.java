/**
 * S3 with buckets in temporary files. Not API.
 * <p>
 * A <em>bucket</em> has <em>stored objects</em>; the bytes of one are a <em>blob</em>, a
 * file that never changes. What a client sends is <em>content</em> until it is a blob. An
 * <em>operation</em> makes an <em>answer</em> of a <em>request</em>.
 */
@NullMarked
package io.pubsub.local.internal.s3;

import org.jspecify.annotations.NullMarked;
