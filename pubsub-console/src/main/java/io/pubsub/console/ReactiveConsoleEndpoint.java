package io.pubsub.console;

import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.core.io.Resource;
import org.springframework.security.web.server.csrf.CsrfToken;
import org.springframework.util.ClassUtils;
import org.springframework.web.filter.reactive.ServerWebExchangeContextFilter;
import org.springframework.web.server.ServerWebExchange;

/**
 * The console on a reactive server. Its work may block, so it is done on other threads
 * than those of the server.
 */
@WebEndpoint(id = ConsoleEndpoint.ID)
final class ReactiveConsoleEndpoint {

	private static final boolean SECURED = ClassUtils.isPresent(
			"org.springframework.security.web.server.csrf.CsrfToken", ReactiveConsoleEndpoint.class.getClassLoader());

	private final Console console;

	private final ConsolePath path;

	ReactiveConsoleEndpoint(Console console, ConsolePath path) {
		this.console = console;
		this.path = path;
	}

	@ReadOperation(produces = { "text/html", "*/*" })
	Mono<WebEndpointResponse<Resource>> page() {
		return answer((exchange) -> this.console.page(exchange, this.path.directory()));
	}

	@ReadOperation(produces = "*/*")
	Mono<WebEndpointResponse<Resource>> read(@Selector String name, SecurityContext security) {
		return answer((exchange) -> this.console.read(exchange, name, ConsoleEndpoint.nameOf(security)));
	}

	@WriteOperation(produces = "*/*")
	Mono<WebEndpointResponse<Resource>> write(@Selector String action, @Nullable String target, @Nullable String value,
			@Nullable List<String> ids, SecurityContext security) {
		Order order = new Order(action, target, value, (ids != null) ? ids : List.of());
		return answer((exchange) -> this.console.write(exchange, order, ConsoleEndpoint.nameOf(security)));
	}

	// An empty Mono is a 404, or a 204 of an order that nobody knows.
	private static Mono<WebEndpointResponse<Resource>> answer(Function<Exchange, @Nullable Reply> answer) {
		return Mono.deferContextual((context) -> {
			ServerWebExchange exchange = ServerWebExchangeContextFilter.getExchange(context).orElseThrow();
			Mono<Exchange> known = SECURED ? Tokens.of(exchange) : Mono.just(new ReactiveExchange(exchange, null));
			return known.publishOn(Schedulers.boundedElastic()).mapNotNull(answer).map(Reply::toResponse);
		});
	}

	/**
	 * Reads the token, where Spring Security is there.
	 */
	private static final class Tokens {

		private Tokens() {
		}

		static Mono<Exchange> of(ServerWebExchange exchange) {
			Mono<CsrfToken> token = exchange.getAttributeOrDefault(CsrfToken.class.getName(), Mono.empty());
			return token
				.<Exchange>map((known) -> new ReactiveExchange(exchange,
						new Snapshot.Csrf(known.getHeaderName(), known.getToken())))
				.defaultIfEmpty(new ReactiveExchange(exchange, null));
		}

	}

}
