package io.pubsub.local;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.pubsub.local.internal.http.Doorkeeper;
import io.pubsub.local.internal.sqs.QueuePolicies;
import io.pubsub.local.internal.sqs.SqsError;
import io.pubsub.local.internal.sqs.SqsExchange;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.http.scaladsl.model.HttpRequest;
import org.apache.pekko.http.scaladsl.model.HttpResponse;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * What happens to the requests of one connection before the server behind has them, and
 * to its answers after that. A connection has one request at a time
 * ({@code pipelining-limit}), so that what was kept of the last request belongs to the
 * next answer.
 */
final class Exchange {

	private static final String TARGET = "X-Amz-Target";

	private static final String SQS = "AmazonSQS.";

	private static final String ERROR = "x-amzn-query-error";

	// What ElasticMQ and SNS answer at once, in the place of a request that is refused.
	private static final HttpRequest NOTHING = (HttpRequest) org.apache.pekko.http.javadsl.model.HttpRequest
		.GET("/health");

	private static final byte FIRST_BYTE_OF_FFFF = (byte) 0xEF;

	private static final int FORBIDDEN = 403;

	private static final int BAD_REQUEST = 400;

	private static final int TOO_LARGE = 413;

	// A batch of 1 MiB, each character of which may be escaped. A body of unknown length
	// is cut off there by max-content-length.
	private static final long LARGEST_BODY = 8L * 1024 * 1024;

	private static final long PATIENCE_MILLIS = 30_000;

	private final Materializer materializer;

	private final QueuePolicies policies;

	private volatile @Nullable HttpResponse refusal;

	private volatile @Nullable SqsExchange sqs;

	Exchange(Materializer materializer, QueuePolicies policies) {
		this.materializer = materializer;
		this.policies = policies;
	}

	CompletionStage<HttpRequest> open(HttpRequest request) {
		this.refusal = null;
		this.sqs = null;
		String reason = Doorkeeper.refusal(header(request, "Host"), header(request, "Origin"),
				header(request, "Sec-Fetch-Site"));
		if (reason != null) {
			return refuse(request, answer(FORBIDDEN, ContentTypes.TEXT_PLAIN_UTF8, reason));
		}
		if (request.entity().getContentLengthOption().orElse(0) > LARGEST_BODY) {
			return refuse(request, answer(TOO_LARGE, ContentTypes.TEXT_PLAIN_UTF8,
					"The local broker takes requests of up to %d bytes".formatted(LARGEST_BODY)));
		}
		String target = header(request, TARGET);
		return (target != null && target.startsWith(SQS)) ? openSqs(target.substring(SQS.length()), request)
				: CompletableFuture.completedStage(request);
	}

	private CompletionStage<HttpRequest> openSqs(String action, HttpRequest request) {
		return request.entity()
			.toStrict(PATIENCE_MILLIS, this.materializer)
			// Without an executor, Scala's stages go on in the common pool, whose one
			// thread
			// on a small machine may be waiting for this very answer.
			.thenApplyAsync((entity) -> openSqs(action, request.withEntity(entity), entity),
					this.materializer.executionContext());
	}

	private HttpRequest openSqs(String action, HttpRequest request, HttpEntity.Strict entity) {
		ByteString data = entity.getData();
		SqsExchange exchange = SqsExchange.mustRead(action, data.length())
				? SqsExchange.read(action, data.utf8String(), this.policies) : SqsExchange.unread(action);
		SqsError error = exchange.refusal();
		if (error != null) {
			this.refusal = errorAnswer(BAD_REQUEST, entity.getContentType(), error);
			return NOTHING;
		}
		this.sqs = exchange;
		String changed = exchange.changedRequest();
		if (changed == null && data.indexOf(FIRST_BYTE_OF_FFFF) >= 0) {
			changed = data.utf8String();
		}
		return (changed != null) ? request.withEntity(HttpEntities.create(entity.getContentType(),
				SqsExchange.escapeEndOfInput(changed).getBytes(StandardCharsets.UTF_8))) : request;
	}

	private CompletionStage<HttpRequest> refuse(HttpRequest request, HttpResponse answer) {
		this.refusal = answer;
		request.discardEntityBytes(this.materializer);
		return CompletableFuture.completedStage(NOTHING);
	}

	CompletionStage<HttpResponse> close(HttpResponse response) {
		HttpResponse refused = this.refusal;
		if (refused != null) {
			response.discardEntityBytes(this.materializer);
			return CompletableFuture.completedStage(refused);
		}
		SqsExchange exchange = this.sqs;
		int status = response.status().intValue();
		if (exchange == null || !exchange.mustReadAnswer(status)) {
			return CompletableFuture.completedStage(response);
		}
		return response.entity()
			.toStrict(PATIENCE_MILLIS, this.materializer)
			.thenApplyAsync(
					(entity) -> answer(entity.getContentType(), exchange.answer(status, entity.getData().utf8String())),
					this.materializer.executionContext());
	}

	private static HttpResponse answer(ContentType type, SqsExchange.Answer answer) {
		SqsError error = answer.error();
		return (error != null) ? errorAnswer(answer.status(), type, error)
				: answer(answer.status(), type, answer.body());
	}

	private static HttpResponse errorAnswer(int status, ContentType type, SqsError error) {
		return (HttpResponse) answer(status, type, error.body()).addHeader(RawHeader.create(ERROR, error.header()));
	}

	private static HttpResponse answer(int status, ContentType type, String body) {
		return (HttpResponse) org.apache.pekko.http.javadsl.model.HttpResponse.create()
			.withStatus(status)
			.withEntity(HttpEntities.create(type, body.getBytes(StandardCharsets.UTF_8)));
	}

	private static @Nullable String header(HttpRequest request, String name) {
		return request.getHeader(name).map(HttpHeader::value).orElse(null);
	}

}
