package io.pubsub.jdbc.queue;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.pubsub.internal.DurationText;
import io.pubsub.internal.LogText;
import io.pubsub.time.Timekeeper;
import io.pubsub.transport.internal.FailureStreak;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The addresses to which nothing can be published at the moment. Each is left alone for a
 * while, and then tried with a few messages, whatever becomes of the others.
 * <p>
 * Safe for use by many threads.
 */
final class AddressPauses {

	private static final Logger logger = LoggerFactory.getLogger(JdbcOutbox.class);

	private static final Duration LONGEST_WITHOUT_TRIAL = Duration.ofMinutes(1);

	private final Timekeeper time;

	@GuardedBy("this")
	private final Map<String, Pause> pauses = new LinkedHashMap<>();

	AddressPauses(Timekeeper time) {
		this.time = time;
	}

	/**
	 * The addresses to which nothing is to be published now.
	 * @return the addresses
	 */
	synchronized Set<String> current() {
		return this.pauses.entrySet()
			.stream()
			.filter((entry) -> entry.getValue().isOn(this.time.nanos()))
			.map(Map.Entry::getKey)
			.collect(Collectors.toSet());
	}

	/**
	 * Whether an address is to be tried now.
	 * @return {@code true} if a few messages are enough
	 */
	synchronized boolean isTrialDue() {
		this.pauses.values().removeIf((pause) -> pause.isForgotten(this.time.nanos()));
		return this.pauses.values().stream().anyMatch((pause) -> !pause.isOn(this.time.nanos()));
	}

	/**
	 * Says that messages are on their way to an address.
	 * @param address the address
	 */
	synchronized void began(String address) {
		Pause pause = this.pauses.get(address);
		if (pause != null) {
			pause.onTrial = true;
		}
	}

	/**
	 * Says that an address takes messages.
	 * @param address the address
	 */
	synchronized void succeeded(String address) {
		if (this.pauses.remove(address) != null) {
			logger.info("The outbox publishes to {} again", LogText.of(address));
		}
	}

	/**
	 * Says that an address was tried, and that nobody knows more of it.
	 * @param address the address
	 */
	synchronized void ended(String address) {
		Pause pause = this.pauses.get(address);
		if (pause != null) {
			pause.onTrial = false;
		}
	}

	/**
	 * Says that no message could be published to an address, whatever the messages are.
	 * @param address the address
	 * @param failure the reason
	 * @return the time for which the address is left alone
	 */
	synchronized Duration failed(String address, Exception failure) {
		Pause pause = this.pauses.computeIfAbsent(address, (key) -> new Pause());
		pause.onTrial = false;
		pause.reason = LogText.of(failure.getMessage());
		int failures = pause.streak.failed();
		Duration length = pause.streak.pause();
		pause.end = this.time.nanos() + length.toNanos();
		if (failures == 1) {
			logger.warn("The outbox cannot publish to {}, and tries again in {}: {}", LogText.of(address),
					DurationText.of(length), pause.reason);
		}
		return length;
	}

	/**
	 * The reasons of the failures.
	 * @return the reasons by address
	 */
	synchronized Map<String, String> reasons() {
		Map<String, String> reasons = new LinkedHashMap<>();
		this.pauses.forEach((address, pause) -> reasons.put(address, pause.reason));
		return reasons;
	}

	/**
	 * The pause of one address, under the lock of all.
	 */
	private static final class Pause {

		private final FailureStreak streak = new FailureStreak();

		private String reason = "";

		private boolean onTrial;

		private long end;

		// Nothing is there any more to try it with.
		boolean isForgotten(long now) {
			return !this.onTrial && now - this.end > LONGEST_WITHOUT_TRIAL.toNanos();
		}

		boolean isOn(long now) {
			return this.onTrial || now - this.end < 0;
		}

	}

}
