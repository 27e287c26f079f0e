package io.pubsub.autoconfigure.pipeline;

import java.util.List;

import io.pubsub.autoconfigure.PubSubProperties;
import io.pubsub.autoconfigure.SourceFactory;
import io.pubsub.autoconfigure.SourceSettings;
import io.pubsub.autoconfigure.consume.ManagedDaemon;
import io.pubsub.autoconfigure.internal.InputAddress;
import io.pubsub.autoconfigure.internal.InvalidPropertyException;
import io.pubsub.autoconfigure.internal.MissingJdbcQueueException;
import io.pubsub.autoconfigure.internal.MissingKinesisException;
import io.pubsub.autoconfigure.internal.UnusablePropertyException;
import io.pubsub.source.InputException;
import io.pubsub.source.PullSource;
import io.pubsub.transport.BackoffPolicy;
import io.pubsub.transport.Source;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;

/**
 * Finds what a pipeline consumes.
 *
 * @param factories the factories of sources
 * @param own the bean that is a source, if there is one
 * @param given makes the sources in place of what is configured, if it is there
 * @param properties the properties of all
 */
record PipelineSource(ObjectProvider<SourceFactory> factories, ObjectProvider<Source> own,
		ObjectProvider<PipelineSources> given, PubSubProperties properties) {

	/**
	 * Finds the source.
	 * @param pipeline the name of the pipeline
	 * @param settings its settings
	 * @param backoff the delay before a failed message comes again
	 * @param only whether it is the only pipeline, which may take what is configured for
	 * all
	 * @return the source, with its address and the property of that
	 */
	Found find(String pipeline, PipelineSettings settings, BackoffPolicy backoff, boolean only) {
		String address = settings.own().source();
		PipelineSources given = this.given.getIfAvailable();
		if (given != null) {
			return new Found(given.create(pipeline, settings.own().maxInFlight(), backoff), address,
					settings.property("source"));
		}
		if (address != null) {
			String property = settings.property("source");
			return new Found(create(address, property, settings, backoff), address, property);
		}
		String main = this.properties.source();
		Source bean = only ? this.own.getIfAvailable() : null;
		if (only && main != null && !(bean instanceof PullSource)) {
			return new Found(create(main, ManagedDaemon.MAIN_SOURCE, settings, backoff), main,
					ManagedDaemon.MAIN_SOURCE);
		}
		return new Found((bean != null) ? bean : (receiver) -> {
			throw new NoPipelineSourceException(pipeline, only);
		}, null, (bean != null) ? ManagedDaemon.MAIN_SOURCE : settings.property("source"));
	}

	private Source create(String address, String property, PipelineSettings settings, BackoffPolicy backoff) {
		List<SourceFactory> able = this.factories.orderedStream()
			.filter((factory) -> factory.supports(address))
			.toList();
		if (able.isEmpty() && InputAddress.isStream(address)) {
			throw new MissingKinesisException(address);
		}
		if (able.isEmpty() && InputAddress.isTable(address)) {
			throw new MissingJdbcQueueException(property, address);
		}
		if (able.isEmpty()) {
			throw new InvalidPropertyException(property,
					"%s is '%s', but there is no client of SQS to consume it with".formatted(property, address));
		}
		try {
			return able.get(0)
				.create(new SourceSettings(address, settings.own().maxInFlight(), 0, settings.consumer(), backoff));
		}
		catch (IllegalArgumentException ex) {
			throw settings.invalid(ex, property);
		}
		catch (InputException ex) {
			throw new UnusablePropertyException(property, ex);
		}
	}

	/**
	 * A source that was found.
	 *
	 * @param source the source
	 * @param address its address, if it has one
	 * @param property the property that sets the address
	 */
	record Found(Source source, @Nullable String address, String property) {

	}

}
