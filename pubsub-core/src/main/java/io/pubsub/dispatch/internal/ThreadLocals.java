package io.pubsub.dispatch.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ThreadLocalAccessor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The values of the thread locals that Micrometer's context propagation knows.
 */
final class ThreadLocals {

	private static final Logger logger = LoggerFactory.getLogger(ThreadLocals.class);

	private final List<Saved<?>> saved = new ArrayList<>();

	ThreadLocals() {
		for (ThreadLocalAccessor<?> accessor : ContextRegistry.getInstance().getThreadLocalAccessors()) {
			this.saved.add(Saved.of(accessor));
		}
	}

	void restore() {
		this.saved.forEach(ThreadLocals::restore);
	}

	private static void restore(Saved<?> saved) {
		try {
			saved.restore();
		}
		catch (RuntimeException ex) {
			logger.warn("Cannot put back the thread local {}", saved.accessor().key(), ex);
		}
	}

	/**
	 * The value of one.
	 *
	 * @param accessor the accessor
	 * @param value the value; {@code null} if there was none
	 * @param <V> the type of the value
	 */
	private record Saved<V>(ThreadLocalAccessor<V> accessor, @Nullable V value) {

		static <V> Saved<V> of(ThreadLocalAccessor<V> accessor) {
			return new Saved<>(accessor, accessor.getValue());
		}

		void restore() {
			if (Objects.equals(this.accessor.getValue(), this.value)) {
				return;
			}
			if (this.value != null) {
				this.accessor.setValue(this.value);
			}
			else {
				this.accessor.setValue();
			}
		}

	}

}
