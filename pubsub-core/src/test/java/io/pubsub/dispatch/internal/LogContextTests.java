package io.pubsub.dispatch.internal;

import java.util.Map;

import io.pubsub.MediaType;
import io.pubsub.MessageContext;
import io.pubsub.OpaqueData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LogContext}.
 */
class LogContextTests {

	@AfterEach
	void clear() {
		MDC.clear();
	}

	@Test
	void carriesTheAllowedOpaqueDataInLowerCase() {
		LogContext log = open("1", Map.of("X-Request-Id", "request-1", "secret", "hidden"));
		assertThat(MDC.get("x-request-id")).isEqualTo("request-1");
		assertThat(MDC.getCopyOfContextMap()).doesNotContainValue("hidden");
		log.close();
	}

	@Test
	void isNotOverriddenByOpaqueDataOfTheSameName() {
		LogContext log = LogContext.of("1", context("1", Map.of("message_id", "forged")), "greeter", (key) -> true);
		assertThat(MDC.get("message_id")).isEqualTo("1");
		log.close();
	}

	@Test
	void isNotInventedByOpaqueDataOfTheSameName() {
		LogContext log = LogContext.of("1", context("1", Map.of("Handler", "forged")), null, (key) -> true);
		assertThat(MDC.get("handler")).isNull();
		log.close();
	}

	@Test
	void changesWhatDiffersInTheNextMessage() {
		LogContext log = open("1", Map.of("x-request-id", "first"));
		LogContext.switchTo(fields("2", Map.of("x-request-id", "second")));
		assertThat(MDC.getCopyOfContextMap()).containsEntry("message_id", "2").containsEntry("x-request-id", "second");
		log.close();
		assertThat(MDC.getCopyOfContextMap()).isEmpty();
	}

	@Test
	void leavesNothingOfAMessageThatCarriedMore() {
		LogContext log = open("1", Map.of("x-request-id", "first"));
		LogContext.switchTo(fields("2", Map.of()));
		assertThat(MDC.getCopyOfContextMap()).containsEntry("message_id", "2").doesNotContainKey("x-request-id");
		log.close();
	}

	@Test
	void keepsOpaqueDataOnOneLine() {
		LogContext log = open("1", Map.of("x-request-id", "one\ntwo"));
		assertThat(MDC.get("x-request-id")).isEqualTo("one two");
		log.close();
	}

	@Test
	void restoresWhatTheThreadHadBefore() {
		MDC.put("x-request-id", "outer");
		LogContext log = open("1", Map.of("x-request-id", "inner"));
		log.close();
		assertThat(MDC.getCopyOfContextMap()).containsOnly(Map.entry("x-request-id", "outer"));
	}

	@Test
	void restoresTheMessageThatItInterrupted() {
		LogContext outer = open("1", Map.of("x-request-id", "outer"));
		open("2", Map.of()).close();
		assertThat(MDC.get("message_id")).isEqualTo("1");
		assertThat(MDC.get("x-request-id")).isEqualTo("outer");
		outer.close();
	}

	@Test
	void hidesTheOpaqueDataOfTheMessageThatItInterrupts() {
		LogContext outer = open("1", Map.of("x-request-id", "outer"));
		LogContext inner = open("2", Map.of());
		assertThat(MDC.get("x-request-id")).isNull();
		inner.close();
		outer.close();
	}

	@Test
	void leavesAloneWhatOthersPutInBetween() {
		LogContext log = open("1", Map.of());
		MDC.put("user", "me");
		log.close();
		assertThat(MDC.getCopyOfContextMap()).containsOnly(Map.entry("user", "me"));
	}

	private static LogFields fields(String messageId, Map<String, String> opaqueData) {
		return LogFields.of(messageId, context(messageId, opaqueData), "greeter", (key) -> true);
	}

	private LogContext open(String messageId, Map<String, String> opaqueData) {
		return LogContext.of(messageId, context(messageId, opaqueData), "greeter",
				(key) -> key.equalsIgnoreCase("x-request-id"));
	}

	private static MessageContext context(String messageId, Map<String, String> opaqueData) {
		return new MessageContext(messageId, new MediaType("text/greeting"), 1, null, null, OpaqueData.of(opaqueData),
				Map.of());
	}

}
