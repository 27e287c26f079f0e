package io.pubsub.autoconfigure.consume;

import java.util.Collection;
import java.util.List;

import io.pubsub.autoconfigure.internal.UnknownNameException;
import io.pubsub.autoconfigure.publish.PubSubProducerAutoConfiguration;

import org.springframework.util.PatternMatchUtils;

/**
 * Chooses the handlers of this daemon among those of the code base.
 *
 * @param entries the names of beans, or patterns with {@code *}; empty chooses all
 */
record HandlerSelection(List<String> entries) {

	HandlerSelection {
		entries = List.copyOf(entries);
	}

	/**
	 * Chooses.
	 * @param beans the names of all beans that have handlers
	 * @return the names of those that are bound
	 * @throws UnknownNameException if an entry matches none of them
	 */
	List<String> choose(Collection<String> beans) {
		for (String entry : this.entries) {
			if (beans.stream().noneMatch((bean) -> PatternMatchUtils.simpleMatch(entry, bean))) {
				throw new UnknownNameException("pubsub.consumer.handlers", entry, "bean with @Handles", beans);
			}
		}
		return beans.stream().filter(this::isBound).toList();
	}

	// pubsub.consumer.republish-batches binds the bean that takes batches apart.
	private boolean isBound(String bean) {
		return this.entries.isEmpty() || bean.equals(PubSubProducerAutoConfiguration.BATCH_HANDLER)
				|| this.entries.stream().anyMatch((entry) -> PatternMatchUtils.simpleMatch(entry, bean));
	}

}
