package io.pubsub.autoconfigure.internal;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.pubsub.aws.s3.S3EventEnvelope;
import io.pubsub.schema.Envelope;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ListableBeanFactory;

/**
 * Finds the envelope that is named: one of the built-in ones, or a bean.
 */
public final class EnvelopeSelection {

	/**
	 * The name of the bean that is there if the application has no envelope of its own.
	 */
	public static final String DEFAULT_BEAN = "pubSubEnvelope";

	private static final String PROPERTY = "pubsub.envelope";

	private final @Nullable String name;

	private final JsonMapper mapper;

	private final List<String> s3Events;

	private final List<EnvelopeDecorator> decorators;

	private final ListableBeanFactory beanFactory;

	/**
	 * Makes a selection.
	 * @param name the configured name, if there is one
	 * @param mapper the JSON mapper
	 * @param s3Events the events of S3 that are let through; empty for all
	 * @param decorators the decorators of any envelope, the innermost first
	 * @param beanFactory the beans of the application
	 */
	public EnvelopeSelection(@Nullable String name, JsonMapper mapper, List<String> s3Events,
			List<EnvelopeDecorator> decorators, ListableBeanFactory beanFactory) {
		this.name = name;
		this.mapper = mapper;
		this.s3Events = s3Events;
		this.decorators = decorators;
		this.beanFactory = beanFactory;
	}

	/**
	 * The envelope of the given name; without one the only bean, or else that of the
	 * codec.
	 * @return the envelope
	 * @throws UnknownNameException if there is none of that name
	 * @throws IllegalStateException if there is no name, but several beans
	 */
	public Envelope select() {
		if (this.name != null) {
			return byName(PROPERTY, this.name);
		}
		List<String> beans = beans();
		if (beans.size() > 1) {
			throw new IllegalStateException("There are several envelopes, %s: choose one with %s"
				.formatted(String.join(", ", beans), PROPERTY));
		}
		return decorated(beans.isEmpty() ? Envelope.codec(this.mapper) : bean(beans.get(0)));
	}

	/**
	 * The envelope that a property names.
	 * @param property the property
	 * @param name the name
	 * @return the envelope
	 * @throws UnknownNameException if there is none of that name
	 */
	public Envelope byName(String property, String name) {
		return decorated(named(property, name));
	}

	private Envelope decorated(Envelope envelope) {
		Envelope decorated = envelope;
		for (EnvelopeDecorator decorator : this.decorators) {
			decorated = decorator.decorate(decorated);
		}
		return decorated;
	}

	private Envelope named(String property, String name) {
		return switch (name) {
			case "codec" -> Envelope.codec(this.mapper);
			case "raw" -> Envelope.raw(this.mapper);
			case "naive" -> Envelope.naive(this.mapper);
			case "s3-event" -> new S3EventEnvelope(this.mapper, this.s3Events);
			default -> {
				if (!beans().contains(name)) {
					throw new UnknownNameException(property, name, "envelope", known());
				}
				yield bean(name);
			}
		};
	}

	private Envelope bean(String name) {
		return this.beanFactory.getBean(name, Envelope.class);
	}

	private Set<String> known() {
		Set<String> known = new LinkedHashSet<>(List.of("codec", "raw", "naive", "s3-event"));
		known.addAll(beans());
		return known;
	}

	private List<String> beans() {
		return Stream.of(this.beanFactory.getBeanNamesForType(Envelope.class))
			.filter((bean) -> !bean.equals(DEFAULT_BEAN))
			.toList();
	}

}
