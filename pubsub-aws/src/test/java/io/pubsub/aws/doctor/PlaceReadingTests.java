package io.pubsub.aws.doctor;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PlaceReading}.
 */
class PlaceReadingTests {

	@Test
	void keepsTheWorstSkewOfAllAnswers() {
		Clock clock = Clock.fixed(Instant.parse("2026-01-01T01:00:00Z"), ZoneOffset.UTC);
		try (SqsAsyncClient sqs = Clients.sqs(URI.create("http://127.0.0.1:1"), new ExecutionInterceptor() {
		})) {
			PlaceReading reading = new PlaceReading(sqs, null, clock);
			reading.note(answer("Thu, 01 Jan 2026 00:00:00 GMT"));
			reading.note(answer("Thu, 01 Jan 2026 01:00:00 GMT"));
			reading.note(answer("yesterday"));
			assertThat(reading.place().skew()).isEqualTo(Duration.ofHours(-1));
		}
	}

	private static SdkResponse answer(String date) {
		return GetQueueUrlResponse.builder()
			.sdkHttpResponse(SdkHttpResponse.builder().statusCode(200).putHeader("Date", date).build())
			.build();
	}

}
