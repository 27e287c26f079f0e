package io.pubsub.sample.pipeline;

import io.pubsub.autoconfigure.test.PubSubTest;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for a service that reads objects of S3, on a machine that knows no region.
 */
@PubSubTest(classes = ObjectsInTestsTests.Service.class)
class ObjectsInTestsTests {

	@Test
	void hasAClientOfS3(@Autowired S3Client client) {
		assertThat(client.serviceName()).isEqualTo("s3");
	}

	@EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
	static class Service {

	}

}
