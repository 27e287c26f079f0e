package io.pubsub.local.internal.s3;

/**
 * What was received, and found to be what was sent.
 *
 * @param size the number of bytes
 * @param md5 their MD5 in hexadecimal digits
 * @param checksum their checksum
 */
record Received(long size, String md5, Checksum checksum) {

}
