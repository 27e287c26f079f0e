package io.pubsub.schema;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.pubsub.schema.internal.LenientUri;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.ValueDeserializerModifier;
import tools.jackson.databind.deser.std.DelegatingDeserializer;
import tools.jackson.databind.deser.std.FromStringDeserializer;
import tools.jackson.databind.module.SimpleModule;

/**
 * The values of messages of which Jackson reads too few or too many: URIs as other
 * languages write them, and times of an absurd future.
 */
final class WireModule extends SimpleModule {

	private static final long serialVersionUID = 1L;

	WireModule() {
		super(WireModule.class.getName());
		addDeserializer(URI.class, new UriDeserializer());
		setDeserializerModifier(new TimeModifier());
	}

	/**
	 * Reads URIs that browsers take.
	 */
	private static final class UriDeserializer extends FromStringDeserializer<URI> {

		UriDeserializer() {
			super(URI.class);
		}

		@Override
		protected URI _deserialize(String value, DeserializationContext context) {
			return LenientUri.parse(value);
		}

	}

	/**
	 * Puts a limit behind what reads a time.
	 */
	private static final class TimeModifier extends ValueDeserializerModifier {

		private static final long serialVersionUID = 1L;

		private static final Set<Class<?>> TIMES = Set.of(Instant.class, OffsetDateTime.class, ZonedDateTime.class,
				LocalDate.class, Duration.class);

		@Override
		public ValueDeserializer<?> modifyDeserializer(DeserializationConfig config, BeanDescription.Supplier bean,
				ValueDeserializer<?> deserializer) {
			return TIMES.contains(bean.getBeanClass()) ? new TimeLimit(deserializer) : deserializer;
		}

	}

	/**
	 * Refuses what is not within four-digit years. Jackson takes a number for seconds, or
	 * for the days of a date: milliseconds and dates without dashes would be years far
	 * away.
	 */
	private static final class TimeLimit extends DelegatingDeserializer {

		private static final long YEAR_10000 = 253_402_300_800L;

		// Of what is far too large, Jackson makes the year 1970.
		private static final BigDecimal LARGEST_NUMBER = BigDecimal.valueOf(TimeUnit.SECONDS.toMillis(YEAR_10000));

		TimeLimit(ValueDeserializer<?> delegate) {
			super(delegate);
		}

		@Override
		protected ValueDeserializer<?> newDelegatingInstance(ValueDeserializer<?> delegate) {
			return new TimeLimit(delegate);
		}

		@Override
		public @Nullable Object deserialize(JsonParser parser, DeserializationContext context) {
			JsonToken token = parser.currentToken();
			if (token.isNumeric() && parser.getDecimalValue().abs().compareTo(LARGEST_NUMBER) >= 0) {
				return refuse(parser, context);
			}
			Object time = super.deserialize(parser, context);
			return (Math.abs(seconds(time)) < YEAR_10000) ? time : refuse(parser, context);
		}

		private @Nullable Object refuse(JsonParser parser, DeserializationContext context) {
			return context.handleWeirdStringValue(handledType(), parser.getString(), "not within four-digit years");
		}

		private static long seconds(@Nullable Object time) {
			if (time instanceof Duration duration) {
				return duration.toSeconds();
			}
			if (time instanceof LocalDate date) {
				return TimeUnit.DAYS.toSeconds(date.toEpochDay());
			}
			return (time instanceof TemporalAccessor moment) ? moment.getLong(ChronoField.INSTANT_SECONDS) : 0;
		}

	}

}
