package io.pubsub.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.util.ClassUtils;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * {@link Exchange} of a servlet.
 *
 * @param request the request
 * @param response the response
 */
record ServletExchange(HttpServletRequest request, HttpServletResponse response) implements Exchange {

	private static final boolean SECURED = ClassUtils.isPresent("org.springframework.security.web.csrf.CsrfToken",
			ServletExchange.class.getClassLoader());

	/**
	 * The exchange of the thread.
	 * @return the exchange
	 */
	static Exchange current() {
		ServletRequestAttributes attributes = (ServletRequestAttributes) RequestContextHolder
			.currentRequestAttributes();
		HttpServletResponse response = attributes.getResponse();
		if (response == null) {
			throw new IllegalStateException("there is no response to this request");
		}
		return new ServletExchange(attributes.getRequest(), response);
	}

	@Override
	public @Nullable String header(String name) {
		return this.request.getHeader(name);
	}

	@Override
	public String remoteAddress() {
		return this.request.getRemoteAddr();
	}

	@Override
	public String host() {
		return Origins.host(this.request.getScheme(), this.request.getServerName(), this.request.getServerPort());
	}

	@Override
	public void setHeader(String name, String value) {
		this.response.setHeader(name, value);
	}

	@Override
	public Snapshot.@Nullable Csrf csrf() {
		return SECURED ? Tokens.of(this.request) : null;
	}

	/**
	 * Reads the token, where Spring Security is there.
	 */
	private static final class Tokens {

		private Tokens() {
		}

		static Snapshot.@Nullable Csrf of(HttpServletRequest request) {
			return (request.getAttribute(CsrfToken.class.getName()) instanceof CsrfToken token)
					? new Snapshot.Csrf(token.getHeaderName(), token.getToken()) : null;
		}

	}

}
