package io.pubsub.local.internal.s3;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.pubsub.local.RunningBroker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Tests for S3 by the tools of others, where they are installed.
 */
class ToolsTests {

	private static final String BOTO3 = """
			import sys, boto3
			s3 = boto3.client('s3', endpoint_url=sys.argv[1])
			bucket = sys.argv[2]
			put = s3.put_object(Bucket=bucket, Key='a b/ü.txt', Body=b'hello', Metadata={'k': 'v'})
			got = s3.get_object(Bucket=bucket, Key='a b/ü.txt', Range='bytes=1-3')
			assert got['Body'].read() == b'ell' and got['Metadata'] == {'k': 'v'}, got
			assert got['ETag'] == put['ETag'] == '"5d41402abc4b2a76b9719d911017c592"', put
			import io
			s3.upload_fileobj(io.BytesIO(b'x' * 9000000), bucket, 'streamed')
			assert s3.head_object(Bucket=bucket, Key='streamed')['ContentLength'] == 9000000
			pages = s3.get_paginator('list_objects_v2').paginate(Bucket=bucket, PaginationConfig={'PageSize': 1})
			assert [o['Key'] for page in pages for o in page['Contents']] == ['a b/ü.txt', 'streamed']
			s3.copy({'Bucket': bucket, 'Key': 'streamed'}, bucket, 'copy')
			deleted = s3.delete_objects(Bucket=bucket, Delete={'Objects': [{'Key': 'copy'}, {'Key': 'a b/ü.txt'}]})
			assert len(deleted['Deleted']) == 2, deleted
			s3.delete_object(Bucket=bucket, Key='streamed')
			try:
			    s3.get_object(Bucket=bucket, Key='streamed')
			    sys.exit('found')
			except s3.exceptions.NoSuchKey:
			    print('done')
			""";

	private static final String NOTIFICATIONS = """
			import sys, json, boto3, botocore
			s3 = boto3.client('s3', endpoint_url=sys.argv[1])
			sqs = boto3.client('sqs', endpoint_url=sys.argv[2])
			bucket, queue, arn = sys.argv[3:]
			def configure():
			    s3.put_bucket_notification_configuration(Bucket=bucket, NotificationConfiguration={
			        'QueueConfigurations': [{'QueueArn': arn, 'Events': ['s3:ObjectCreated:*']}]})
			try:
			    configure()
			    sys.exit('configured')
			except botocore.exceptions.ClientError as error:
			    assert error.response['Error']['Code'] == 'InvalidArgument', error.response
			    assert error.response['Error']['ArgumentName1'] == arn, error.response
			sqs.set_queue_attributes(QueueUrl=queue, Attributes={'Policy': json.dumps({'Version': '2012-10-17',
			    'Statement': [{'Effect': 'Allow', 'Principal': {'Service': 's3.amazonaws.com'},
			                   'Action': 'sqs:SendMessage', 'Resource': arn,
			                   'Condition': {'ArnEquals': {'aws:SourceArn': 'arn:aws:s3:::' + bucket},
			                                 'StringEquals': {'aws:SourceAccount': arn.split(':')[4]}}}]})})
			configure()
			s3.put_object(Bucket=bucket, Key='a b', Body=b'hello')
			told = [json.loads(m['Body']) for m in sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10)['Messages']]
			assert sorted(list(t)[0] for t in told) == ['Records', 'Service'], told
			print('done')
			""";

	@RegisterExtension
	static final RunningBroker running = new RunningBroker();

	private final String bucket = running.bucket();

	@TempDir
	private Path folder;

	@Test
	void servesBoto3() throws Exception {
		assumeThat(runs("python3", "-c", "import boto3")).isTrue();
		assertThat(run("python3", "-c", BOTO3, endpoint(), this.bucket)).isEqualTo("done\n");
	}

	@Test
	void tellsAQueueWhosePolicyBoto3Sets() throws Exception {
		assumeThat(runs("python3", "-c", "import boto3")).isTrue();
		String queue = running.queue();
		assertThat(run("python3", "-c", NOTIFICATIONS, endpoint(), running.broker().sqsEndpoint().toString(),
				this.bucket, running.broker().queueUrl(queue), running.queueArn(queue)))
			.isEqualTo("done\n");
	}

	@Test
	void servesTheCommandLineOfAws() throws Exception {
		assumeThat(runs("aws", "--version")).isTrue();
		Path file = Files.write(this.folder.resolve("in"), new byte[9_000_000]);
		aws("s3", "cp", file.toString(), "s3://%s/one".formatted(this.bucket));
		aws("s3", "cp", "s3://%s/one".formatted(this.bucket), this.folder.resolve("out").toString());
		assertThat(this.folder.resolve("out")).hasSameBinaryContentAs(file);
		assertThat(aws("s3", "ls", "s3://" + this.bucket)).contains("9000000 one");
		aws("s3", "rb", "--force", "s3://" + this.bucket);
		assertThat(aws("s3", "ls")).doesNotContain(this.bucket);
	}

	private static String aws(String... arguments) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(List.of("aws", "--endpoint-url", endpoint()));
		command.addAll(List.of(arguments));
		return run(command.toArray(String[]::new));
	}

	private static String endpoint() {
		return running.broker().s3Endpoint().toString();
	}

	private static String run(String... command) throws IOException, InterruptedException {
		Process process = start(command);
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor()).as(output).isZero();
		return output;
	}

	private static boolean runs(String... command) throws InterruptedException {
		try {
			Process process = start(command);
			return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static Process start(String... command) throws IOException {
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
		builder.environment().put("AWS_ACCESS_KEY_ID", "local");
		builder.environment().put("AWS_SECRET_ACCESS_KEY", "local");
		builder.environment().put("AWS_DEFAULT_REGION", "us-east-1");
		builder.environment().put("AWS_CONFIG_FILE", File.separator + "none");
		return builder.start();
	}

}
