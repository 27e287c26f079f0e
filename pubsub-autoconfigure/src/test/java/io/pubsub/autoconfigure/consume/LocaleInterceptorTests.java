package io.pubsub.autoconfigure.consume;

import java.util.Locale;
import java.util.Map;

import io.pubsub.MediaType;
import io.pubsub.MessageContext;
import io.pubsub.OpaqueData;
import io.pubsub.Outcome;
import io.pubsub.dispatch.DispatchInterceptor.Invocation;
import io.pubsub.dispatch.Handler;
import org.junit.jupiter.api.Test;

import org.springframework.context.i18n.LocaleContextHolder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LocaleInterceptor}.
 */
class LocaleInterceptorTests {

	private final MessageContext context = new MessageContext("m-1", new MediaType("text/plain"), 1, null, null,
			OpaqueData.none(), Map.of());

	@Test
	void leavesNoLocaleOfAHandlerOnItsThread() throws Exception {
		Handler handler = new Handler("a", this.context.mediaType(), String.class,
				(content, ignored) -> Outcome.succeeded());
		new LocaleInterceptor().intercept(Invocation.of("", this.context, handler, () -> {
			LocaleContextHolder.setLocale(Locale.forLanguageTag("tlh"));
			return Outcome.succeeded();
		}));
		assertThat(LocaleContextHolder.getLocaleContext()).isNull();
	}

}
