package io.pubsub.autoconfigure.s3;

import io.pubsub.NackException;
import io.pubsub.SkipMessageException;
import io.pubsub.autoconfigure.PubSubAutoConfiguration;
import io.pubsub.aws.s3.MissingObject;
import io.pubsub.aws.s3.MissingObjectException;
import io.pubsub.aws.s3.S3Object;
import io.pubsub.aws.s3.S3Objects;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link PubSubS3AutoConfiguration}.
 */
class PubSubS3AutoConfigurationTests {

	private final ApplicationContextRunner withoutClient = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class, ValidationAutoConfiguration.class,
				PubSubAutoConfiguration.class, PubSubS3AutoConfiguration.class));

	private final ApplicationContextRunner contextRunner = this.withoutClient.withBean(S3Client.class,
			EmptyS3Client::new);

	@Test
	void handsAMessageBackWhoseObjectIsMissing() {
		this.contextRunner.run((context) -> assertThatExceptionOfType(NackException.class)
			.isThrownBy(() -> context.getBean(S3Objects.class).open(S3Object.of("files", "a"))));
	}

	@Test
	void skipsAMessageWhoseObjectIsMissing() {
		this.contextRunner.withPropertyValues("pubsub.s3.missing=skip")
			.run((context) -> assertThatExceptionOfType(SkipMessageException.class)
				.isThrownBy(() -> context.getBean(S3Objects.class).open(S3Object.of("files", "a"))));
	}

	@Test
	void failsOnAMessageWhoseObjectIsMissing() {
		this.contextRunner.withPropertyValues("pubsub.s3.missing=fail")
			.run((context) -> assertThatExceptionOfType(MissingObjectException.class)
				.isThrownBy(() -> context.getBean(S3Objects.class).open(S3Object.of("files", "a"))));
	}

	@Test
	void backsOffWhenTheUserProvidesObjects() {
		S3Objects objects = new S3Objects(new EmptyS3Client(), MissingObject.SKIP);
		this.contextRunner.withBean(S3Objects.class, () -> objects)
			.run((context) -> assertThat(context).getBean(S3Objects.class).isSameAs(objects));
	}

	@Test
	void isOffWithoutAClient() {
		this.withoutClient.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(S3Objects.class));
	}

	@Test
	void isOffWithSeveralClients() {
		this.contextRunner.withBean("other", S3Client.class, EmptyS3Client::new)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(S3Objects.class));
	}

	@Test
	void isOffWithoutS3() {
		this.withoutClient.withClassLoader(new FilteredClassLoader(S3Client.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(PubSubS3AutoConfiguration.class));
	}

	@Test
	void isOffWithoutGzip() {
		this.contextRunner.withClassLoader(new FilteredClassLoader(GzipCompressorInputStream.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(PubSubS3AutoConfiguration.class));
	}

	/**
	 * A client that finds nothing.
	 */
	private static final class EmptyS3Client implements S3Client {

		@Override
		public ResponseInputStream<GetObjectResponse> getObject(GetObjectRequest request) {
			throw NoSuchKeyException.builder().statusCode(404).build();
		}

		@Override
		public String serviceName() {
			return SERVICE_NAME;
		}

		@Override
		public void close() {
		}

	}

}
