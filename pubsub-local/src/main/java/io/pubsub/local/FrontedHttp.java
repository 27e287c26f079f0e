package io.pubsub.local;

import java.lang.reflect.Field;
import java.util.Map;

import io.pubsub.local.internal.sqs.QueuePolicies;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.ActorSystemImpl;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.ExtensionId;
import org.apache.pekko.event.LoggingAdapter;
import org.apache.pekko.http.scaladsl.ConnectionContext;
import org.apache.pekko.http.scaladsl.Http;
import org.apache.pekko.http.scaladsl.HttpExt;
import org.apache.pekko.http.scaladsl.model.HttpRequest;
import org.apache.pekko.http.scaladsl.model.HttpResponse;
import org.apache.pekko.http.scaladsl.settings.ServerSettings;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Flow;
import scala.concurrent.Future;

/**
 * HTTP of an actor system, with an {@link Exchange} around each server that is bound.
 * <p>
 * ElasticMQ binds its server itself and has no place for a filter. A proxy in front of it
 * would cost each message a second trip through HTTP, and leave its own port open to all.
 */
final class FrontedHttp extends HttpExt {

	private final QueuePolicies policies;

	private FrontedHttp(ExtendedActorSystem system, QueuePolicies policies) {
		super(system.settings().config().getConfig("pekko.http"), system);
		this.policies = policies;
	}

	// There is no other way to have an actor system use a subclass of an extension.
	static void install(ExtendedActorSystem system, QueuePolicies policies) {
		try {
			Field field = ActorSystemImpl.class.getDeclaredField("extensions");
			field.setAccessible(true);
			@SuppressWarnings("unchecked")
			Map<ExtensionId<?>, Object> extensions = (Map<ExtensionId<?>, Object>) field.get(system);
			extensions.put(Http.lookup(), new FrontedHttp(system, policies));
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException("This release of pekko-actor keeps its extensions elsewhere", ex);
		}
	}

	@Override
	public Future<Http.ServerBinding> bindAndHandleImpl(
			org.apache.pekko.stream.scaladsl.Flow<HttpRequest, HttpResponse, Object> handler, String host, int port,
			ConnectionContext context, ServerSettings settings, LoggingAdapter log, Materializer materializer) {
		return super.bindAndHandleImpl(around(handler), host, port, context, settings, log, materializer);
	}

	@SuppressWarnings("unchecked")
	private org.apache.pekko.stream.scaladsl.Flow<HttpRequest, HttpResponse, Object> around(
			org.apache.pekko.stream.scaladsl.Flow<HttpRequest, HttpResponse, Object> handler) {
		Flow<HttpRequest, HttpResponse, ?> fronted = Flow.fromMaterializer((materializer, attributes) -> {
			Exchange exchange = new Exchange(materializer, this.policies);
			Flow<HttpRequest, HttpRequest, NotUsed> requests = Flow.of(HttpRequest.class).mapAsync(1, exchange::open);
			return requests.via(handler).mapAsync(1, exchange::close);
		});
		return (org.apache.pekko.stream.scaladsl.Flow<HttpRequest, HttpResponse, Object>) fronted.asScala();
	}

}
