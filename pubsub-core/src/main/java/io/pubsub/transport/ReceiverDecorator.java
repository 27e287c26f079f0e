package io.pubsub.transport;

import java.time.Duration;
import java.util.Collection;

import org.jspecify.annotations.Nullable;

/**
 * {@link Receiver} in front of another one, which hears of all but what the decorator
 * changes.
 *
 * @since 0.1.0
 */
public interface ReceiverDecorator extends Receiver {

	/**
	 * The receiver behind this one.
	 * @return always the same receiver
	 */
	Receiver receiver();

	@Override
	default void open(Host host) {
		receiver().open(host);
	}

	@Override
	default void blocked() {
		receiver().blocked();
	}

	@Override
	default void unblocked() {
		receiver().unblocked();
	}

	@Override
	default void concurrency(int concurrency) {
		receiver().concurrency(concurrency);
	}

	@Override
	default @Nullable Integer concurrency() {
		return receiver().concurrency();
	}

	@Override
	default void drain(Duration within) {
		receiver().drain(within);
	}

	@Override
	default void close(Duration within) {
		receiver().close(within);
	}

	@Override
	default @Nullable String haltReason() {
		return receiver().haltReason();
	}

	@Override
	default void resume() {
		receiver().resume();
	}

	@Override
	default boolean isAtRest() {
		return receiver().isAtRest();
	}

	@Override
	default Collection<Thread> threads() {
		return receiver().threads();
	}

}
