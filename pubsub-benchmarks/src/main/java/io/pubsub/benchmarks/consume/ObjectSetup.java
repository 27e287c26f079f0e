package io.pubsub.benchmarks.consume;

import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

/**
 * The things that a contender is given that counts the lines of objects.
 *
 * @param queueUrl the queue on which S3 tells of the objects
 * @param concurrency the number of objects that are read at once
 * @param sqs the client of SQS
 * @param s3 the client of S3
 * @param counts the place for the counts
 */
public record ObjectSetup(String queueUrl, int concurrency, SqsAsyncClient sqs, S3Client s3, LineCounts counts) {

}
