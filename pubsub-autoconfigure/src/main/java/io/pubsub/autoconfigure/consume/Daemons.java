package io.pubsub.autoconfigure.consume;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.pubsub.autoconfigure.PubSubProperties;
import io.pubsub.autoconfigure.internal.StreamWithoutDeadLettersException;
import io.pubsub.daemon.ConsumerDaemon;
import io.pubsub.dispatch.DeadLetterLimit;
import io.pubsub.dispatch.DeadLetters;
import io.pubsub.dispatch.Handler;
import io.pubsub.dispatch.HandlerRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;

/**
 * All daemons of the application: that of the handlers, and those beside it.
 *
 * @since 0.1.0
 */
public final class Daemons {

	private final ObjectProvider<ConsumerDaemon> daemon;

	private final HandlerRegistry handlers;

	private final ObjectProvider<DaemonGroup> groups;

	private final ObjectProvider<DeadLetterLimit> limit;

	private final ObjectProvider<DeadLetters> letters;

	private final PubSubProperties properties;

	Daemons(ObjectProvider<ConsumerDaemon> daemon, HandlerRegistry handlers, ObjectProvider<DaemonGroup> groups,
			ObjectProvider<DeadLetterLimit> limit, ObjectProvider<DeadLetters> letters, PubSubProperties properties) {
		this.daemon = daemon;
		this.handlers = handlers;
		this.groups = groups;
		this.limit = limit;
		this.letters = letters;
		this.properties = properties;
	}

	/**
	 * The daemons that have something to do.
	 * @return the daemons, that of the handlers first
	 */
	public List<ManagedDaemon> all() {
		List<ManagedDaemon> all = new ArrayList<>();
		ManagedDaemon handling = ofHandlers();
		if (handling != null) {
			all.add(handling);
		}
		all.addAll(others());
		return all;
	}

	/**
	 * The daemon of the handlers.
	 * @return the daemon; {@code null} if there is none, or if no handler but something
	 * else is there to be run
	 */
	public @Nullable ManagedDaemon ofHandlers() {
		ConsumerDaemon available = this.daemon.getIfAvailable();
		if (available == null || (this.handlers.handlers().isEmpty() && !others().isEmpty())) {
			return null;
		}
		return new ManagedDaemon(ManagedDaemon.HANDLERS, available, this.properties.source(), ManagedDaemon.MAIN_SOURCE,
				this.properties.consumer().autoStartup(), this.limit.getIfAvailable(), Map::of);
	}

	/**
	 * The daemons beside that of the handlers.
	 * @return the daemons
	 */
	public List<ManagedDaemon> others() {
		return this.groups.orderedStream().flatMap((group) -> group.daemons().stream()).toList();
	}

	/**
	 * Insists that all can be consumed that is there to be consumed.
	 * @throws NoSourceException if there are handlers, but nothing for them to consume
	 * @throws StreamWithoutDeadLettersException if the handlers consume a stream, and
	 * there is no place for its dead letters
	 * @throws SharedSourceException if two daemons would consume the same
	 */
	void check() {
		List<Handler> all = this.handlers.handlers();
		for (ManagedDaemon other : others()) {
			if (other.hasMainSource() && !all.isEmpty()) {
				throw new SharedSourceException(all, other);
			}
		}
		if (!all.isEmpty() && this.daemon.getIfAvailable() == null) {
			throw new NoSourceException(all);
		}
		if (ofHandlers() != null) {
			StreamWithoutDeadLettersException.check(this.properties.source(), this.letters.getIfAvailable(),
					"pubsub.dead-letter.destination");
		}
		SharedSourceException.refuse(all());
	}

}
