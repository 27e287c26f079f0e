package io.pubsub.console;

import java.security.Principal;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.core.io.Resource;

/**
 * The console on a servlet server: its page, the files of the page, what the page draws,
 * and what it orders.
 */
@WebEndpoint(id = ConsoleEndpoint.ID)
final class ConsoleEndpoint {

	static final String ID = "pubsubconsole";

	private final Console console;

	private final ConsolePath path;

	ConsoleEndpoint(Console console, ConsolePath path) {
		this.console = console;
		this.path = path;
	}

	@ReadOperation(produces = { "text/html", "*/*" })
	WebEndpointResponse<Resource> page() {
		return this.console.page(ServletExchange.current(), this.path.directory()).toResponse();
	}

	@ReadOperation(produces = "*/*")
	@Nullable WebEndpointResponse<Resource> read(@Selector String name, SecurityContext security) {
		return response(this.console.read(ServletExchange.current(), name, nameOf(security)));
	}

	@WriteOperation(produces = "*/*")
	@Nullable WebEndpointResponse<Resource> write(@Selector String action, @Nullable String target, @Nullable String value,
			@Nullable List<String> ids, SecurityContext security) {
		Order order = new Order(action, target, value, (ids != null) ? ids : List.of());
		return response(this.console.write(ServletExchange.current(), order, nameOf(security)));
	}

	private static @Nullable WebEndpointResponse<Resource> response(@Nullable Reply reply) {
		return (reply != null) ? reply.toResponse() : null;
	}

	static @Nullable String nameOf(SecurityContext security) {
		Principal principal = security.getPrincipal();
		return (principal != null) ? principal.getName() : null;
	}

}
