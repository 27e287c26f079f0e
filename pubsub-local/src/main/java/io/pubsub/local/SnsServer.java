package io.pubsub.local;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import io.pubsub.local.internal.sns.Sns;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpCharsets;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.japi.function.Function;

/**
 * SNS over HTTP, bound to the loopback address only.
 */
final class SnsServer implements AutoCloseable {

	private static final ContentType XML = ContentTypes.create(MediaTypes.TEXT_XML, HttpCharsets.UTF_8);

	// Deliveries to the queues block. Requests are read by the actors, so that a slow
	// client has none of these.
	private static final int THREADS = 16;

	private static final int BAD_REQUEST = 400;

	private static final long PATIENCE_MILLIS = 30_000;

	private final ActorSystem actors;

	private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, SnsServer::newThread);

	// Known when the port is.
	private final CompletableFuture<Sns> sns = new CompletableFuture<>();

	private final ServerBinding binding;

	private SnsServer(Actors actors, int port) {
		this.actors = actors.system();
		Function<HttpRequest, CompletionStage<HttpResponse>> handler = this::answer;
		this.binding = Http.get(this.actors).newServerAt(Actors.HOST, port).bind(handler).toCompletableFuture().join();
	}

	static SnsServer start(Actors actors, int port, Queues queues) {
		Actors.checkFree("SNS", port);
		try {
			SnsServer server = new SnsServer(actors, port);
			server.sns.complete(new Sns(queues.client(), queues.endpoint(), server.endpoint(), Clock.systemUTC()));
			return server;
		}
		catch (CompletionException ex) {
			throw StartFailure.describe("SNS", port, ex);
		}
	}

	private static Thread newThread(Runnable task) {
		Thread thread = new Thread(task, "pubsub-local-sns");
		thread.setDaemon(true);
		return thread;
	}

	URI endpoint() {
		return URI.create("http://%s:%d".formatted(Actors.HOST, this.binding.localAddress().getPort()));
	}

	Sns sns() {
		return this.sns.join();
	}

	private CompletionStage<HttpResponse> answer(HttpRequest request) {
		return request.entity()
			.toStrict(PATIENCE_MILLIS, this.actors)
			.thenCombineAsync(this.sns, (body, sns) -> answer(sns, request, body), this.threads)
			// Half a request, or one that is too long: neither is worth a stack trace.
			.exceptionallyAsync((failure) -> HttpResponse.create().withStatus(BAD_REQUEST), this.threads);
	}

	private static HttpResponse answer(Sns sns, HttpRequest request, HttpEntity.Strict body) {
		String form = body.getData().utf8String();
		String query = request.getUri().rawQueryString().map((text) -> text + "&" + form).orElse(form);
		String traceHeader = request.getHeader("X-Amzn-Trace-Id").map(HttpHeader::value).orElse(null);
		Sns.Answer answer = sns.answer(query, traceHeader);
		return HttpResponse.create()
			.withStatus(answer.status())
			.withEntity(XML, answer.body().getBytes(StandardCharsets.UTF_8));
	}

	@Override
	public void close() {
		Actors.await(this.binding.unbind(), "The SNS server");
		this.threads.shutdownNow();
	}

}
