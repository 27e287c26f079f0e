package io.pubsub.console;

import java.net.InetSocketAddress;
import java.net.URI;

import org.jspecify.annotations.Nullable;

import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;

/**
 * {@link Exchange} of a reactive server.
 *
 * @param exchange the request and the response
 * @param csrf the token of the request, if there is one
 */
record ReactiveExchange(ServerWebExchange exchange, Snapshot.@Nullable Csrf csrf) implements Exchange {

	@Override
	public @Nullable String header(String name) {
		return this.exchange.getRequest().getHeaders().getFirst(name);
	}

	@Override
	public String remoteAddress() {
		InetSocketAddress address = this.exchange.getRequest().getRemoteAddress();
		return (address != null) ? address.getAddress().getHostAddress() : "an unknown address";
	}

	@Override
	public String host() {
		ServerHttpRequest request = this.exchange.getRequest();
		URI address = request.getURI();
		return Origins.host(address.getScheme(), address.getHost(), address.getPort());
	}

	@Override
	public void setHeader(String name, String value) {
		this.exchange.getResponse().getHeaders().set(name, value);
	}

}
