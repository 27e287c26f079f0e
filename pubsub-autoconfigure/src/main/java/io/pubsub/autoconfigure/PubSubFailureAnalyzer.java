package io.pubsub.autoconfigure;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.pubsub.InvalidSettingException;
import io.pubsub.NoOrganizationException;
import io.pubsub.autoconfigure.internal.Actionable;
import io.pubsub.autoconfigure.internal.InvalidPropertyException;
import io.pubsub.autoconfigure.internal.UnusablePropertyException;
import io.pubsub.aws.place.WrongPlaceException;
import io.pubsub.aws.sqs.MissingCredentialsException;
import io.pubsub.aws.sqs.QueueAccessDeniedException;
import io.pubsub.aws.sqs.QueueNotFoundException;
import io.pubsub.dispatch.DuplicateHandlerException;
import io.pubsub.dispatch.InvalidHandlerException;
import io.pubsub.dispatch.MissingDeadLettersException;
import io.pubsub.folder.UnusableFolderException;
import io.pubsub.idempotency.InvalidExpiryException;
import io.pubsub.publish.InvalidTopicsException;
import io.pubsub.publish.NoTopicException;
import io.pubsub.schema.InvalidSchemaException;
import io.pubsub.schema.SchemaConflictException;
import io.pubsub.source.InputException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;

import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * {@link FailureAnalyzer} for what can be wrong when a pubsub service starts. It comes
 * before those of Spring Boot, which know less of it.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class PubSubFailureAnalyzer implements FailureAnalyzer {

	private static final String OUR_PACKAGE = PubSubFailureAnalyzer.class.getPackageName();

	private static final Pattern ROOM = Pattern.compile(Pattern.quote(OUR_PACKAGE) + "\\.(\\w+)\\.");

	private static final Map<String, String> PROPERTIES = Map.of("circuit", "pubsub.consumer.circuit-breaker",
			"consume", "pubsub.consumer", "folder", "pubsub.folder", "idempotency", "pubsub.consumer.idempotency",
			"local", "pubsub.local", "outbox", "pubsub.producer.outbox", "publish", "pubsub.producer", "s3",
			"pubsub.s3", "uri", "pubsub.uri");

	private static final String DEAD_LETTERS = "pubSubDeadLetters";

	private static final String DEAD_LETTER_DESTINATION = "pubsub.dead-letter.destination";

	private static final String SOURCE = "pubsub.source";

	// Beans that go by one property, more or less.
	private static final Map<String, String> BEANS = Map.of("pubSubSource", SOURCE, "pubSubJdbcQueueSource", SOURCE,
			"pubSubTrustedTopics", "pubsub.consumer.trusted-topics", DEAD_LETTERS, DEAD_LETTER_DESTINATION);

	// The types may be missing, so they go by their names.
	private static final Map<String, String> SETTINGS = Map.ofEntries(
			Map.entry("MediaTypes.organization", "pubsub.organization"),
			Map.entry("MediaTypes.lifecycleChanges", "pubsub.lifecycle-changes"),
			Map.entry("BackoffPolicy.delay", "pubsub.consumer.backoff.base"),
			Map.entry("BackoffPolicy.base", "pubsub.consumer.backoff.base"),
			Map.entry("BackoffPolicy.max", "pubsub.consumer.backoff.max"),
			Map.entry("JdbcOutbox.name", "pubsub.producer.outbox.name"),
			Map.entry("OutboxOptions.maxAttempts", "pubsub.producer.outbox.max-attempts"),
			Map.entry("OutboxOptions.retention", "pubsub.producer.outbox.retention"),
			Map.entry("Propagation.keys", "pubsub.producer.propagate"),
			Map.entry("Rate.text", "pubsub.consumer.max-rate"), Map.entry("S3EventEnvelope.events", "pubsub.s3.events"),
			Map.entry("SqsSourceOptions.pollWait", "pubsub.consumer.poll-wait"),
			Map.entry("SqsSourceOptions.visibilityTimeout", "pubsub.consumer.visibility-timeout"),
			Map.entry("SqsSourceOptions.ackLinger", "pubsub.consumer.ack.linger"),
			Map.entry("UriOptions.allowedHosts", "pubsub.uri.allowed-hosts"),
			Map.entry("UriOptions.forwardHeaders", "pubsub.uri.forward-headers"),
			Map.entry("UriOptions.nackDelay", "pubsub.uri.nack-delay"),
			Map.entry("UriOptions.connectTimeout", "pubsub.uri.connect-timeout"),
			Map.entry("UriOptions.readTimeout", "pubsub.uri.read-timeout"),
			Map.entry("UriOptions.maxSize", "pubsub.uri.max-size"));

	private static final String NO_REGION = "Unable to load region";

	@Override
	public @Nullable FailureAnalysis analyze(Throwable failure) {
		return causes(failure)
			.flatMap((cause) -> Stream.ofNullable(action(cause, failure))
				.map((action) -> new FailureAnalysis(description(cause), action, cause)))
			.findFirst()
			.or(() -> causes(failure).filter(PubSubFailureAnalyzer::isFromOurConfiguration)
				.flatMap(PubSubFailureAnalyzer::causes)
				.filter((cause) -> isRefusal(cause, failure))
				.reduce((outer, inner) -> inner)
				.map((cause) -> new FailureAnalysis(cause.getMessage(), actionOnRefusal(cause, failure), cause)))
			.orElse(null);
	}

	// What the SDK says names every place where it has looked.
	private static @Nullable String description(Throwable cause) {
		return (cause instanceof SdkClientException) ? "No AWS region is configured." : cause.getMessage();
	}

	private static Stream<Throwable> causes(Throwable failure) {
		return Stream.iterate(failure, (current) -> current != null, Throwable::getCause);
	}

	private static boolean isFromOurConfiguration(Throwable cause) {
		return origin(cause).contains(OUR_PACKAGE);
	}

	private static String origin(Throwable cause) {
		return (cause instanceof BeanCreationException ex)
				? (ex.getResourceDescription() + " " + ex.getBeanName()).replace('/', '.') : "";
	}

	private static String actionOnRefusal(Throwable cause, Throwable failure) {
		String property = propertyOfSetting(cause, failure);
		return (property != null) ? "Correct %s.".formatted(property)
				: "Correct what it names in the configuration (%s), or in the code."
					.formatted(propertyOfBean(failure).orElseGet(() -> properties(failure)));
	}

	private static @Nullable String propertyOfSetting(Throwable cause, Throwable failure) {
		return (cause instanceof InvalidSettingException invalid) ? propertyOfValue(failure)
			.orElseGet(() -> SETTINGS.get(invalid.type().getSimpleName() + "." + invalid.setting())) : null;
	}

	// That of the last value that was read is still there when a record is refused.
	private static Optional<String> propertyOfValue(Throwable failure) {
		return causes(failure)
			.flatMap((cause) -> (cause instanceof BindException ex)
					? Stream.ofNullable(ex.getProperty()).filter((property) -> property.getName().equals(ex.getName()))
					: Stream.empty())
			.map((property) -> property.getName().toString())
			.findFirst();
	}

	private static Optional<String> propertyOfBean(Throwable failure) {
		return causes(failure)
			.flatMap((cause) -> (cause instanceof BeanCreationException ex) ? Stream.ofNullable(ex.getBeanName())
					: Stream.empty())
			.flatMap((bean) -> Stream.ofNullable(BEANS.get(bean)))
			.reduce((outer, inner) -> inner);
	}

	// The properties of the innermost room: the others only wanted its bean.
	private static String properties(Throwable failure) {
		return causes(failure).map(PubSubFailureAnalyzer::origin)
			.flatMap((origin) -> ROOM.matcher(origin).results())
			.map((room) -> PROPERTIES.getOrDefault(room.group(1), "pubsub"))
			.reduce("pubsub", (outer, inner) -> inner) + ".*";
	}

	// Of a value of another type, Spring Boot tells which property has it.
	private static boolean isRefusal(Throwable cause, Throwable failure) {
		boolean plain = cause.getClass() == IllegalArgumentException.class
				|| cause.getClass() == IllegalStateException.class;
		return (plain && propertyOfValue(failure).isEmpty()) || cause instanceof InvalidSettingException
				|| cause.getClass().getName().startsWith("io.pubsub.local.");
	}

	private static String queueProperty(Throwable failure) {
		if (concernsDeadLetters(failure)) {
			return DEAD_LETTER_DESTINATION;
		}
		String property = sourceProperty(failure);
		return property.equals(SOURCE) ? SOURCE + " (or --sqs-queue-url)" : property;
	}

	private static String sourceProperty(Throwable failure) {
		return Objects.requireNonNullElse(UnusablePropertyException.propertyOf(failure), SOURCE);
	}

	private static String missingDeadLetters(Throwable failure) {
		String property = Objects.requireNonNullElse(UnusablePropertyException.propertyOf(failure),
				DEAD_LETTER_DESTINATION);
		String group = property.substring(0, property.lastIndexOf('.'));
		String consumer = property.equals(DEAD_LETTER_DESTINATION) ? "pubsub.consumer"
				: group.substring(0, group.lastIndexOf('.'));
		return "Set %s, or neither %s.unhandled=dead-letter nor %s.max-invalid-ratio nor %s.max-consecutive."
			.formatted(property, consumer, group, group);
	}

	// Which of the queues it is, only the bean says that asks for it.
	private static boolean concernsDeadLetters(Throwable failure) {
		return causes(failure)
			.anyMatch((cause) -> cause instanceof BeanCreationException ex && DEAD_LETTERS.equals(ex.getBeanName()));
	}

	private static @Nullable String action(Throwable cause, Throwable failure) {
		if (cause instanceof Actionable actionable) {
			return actionable.action();
		}
		if (cause instanceof QueueNotFoundException missing) {
			return "Create the queue '%s', or correct %s,".formatted(missing.queue(), queueProperty(failure))
					+ " the account and the region (spring.cloud.aws.region.static). The daemon never creates a queue.";
		}
		if (cause instanceof QueueAccessDeniedException denied) {
			return "Allow %s on the queue '%s' to the credentials in use (spring.cloud.aws.credentials.* or the"
				.formatted(denied.action(), denied.queue()) + " environment of the AWS SDK), or use others.";
		}
		if (cause instanceof MissingCredentialsException) {
			return "Spring Cloud AWS takes them from spring.cloud.aws.credentials.* too. For development,"
					+ " pubsub.local.enabled=true needs none.";
		}
		if (cause instanceof WrongPlaceException place) {
			return InvalidPropertyException.correct(queueProperty(failure), place);
		}
		if (cause instanceof SdkClientException && String.valueOf(cause.getMessage()).startsWith(NO_REGION)) {
			return "Set spring.cloud.aws.region.static, or the environment variable AWS_REGION. Its clients want one, even"
					+ " if nothing is asked of AWS: then any will do, such as us-east-1.";
		}
		return actionOnCode(cause, failure);
	}

	private static @Nullable String actionOnCode(Throwable cause, Throwable failure) {
		if (cause instanceof UnusableFolderException folder) {
			return "%s, or correct the path in %s=folder:<path>; a relative one starts at the directory of the process."
				.formatted(folder.isMissing() ? "Create the folder" : "Let the user of the process write there",
						sourceProperty(failure));
		}
		if (cause instanceof InputException) {
			return "Correct the path in %s=file:<path>; a relative one starts at the directory of the process."
				.formatted(sourceProperty(failure));
		}
		if (cause instanceof DuplicateHandlerException duplicate) {
			return "Give '%s' and '%s' different media types, remove one, or bind one only (pubsub.consumer.handlers)."
				.formatted(duplicate.firstHandler(), duplicate.secondHandler());
		}
		if (cause instanceof NoOrganizationException) {
			return "Set pubsub.organization, or name whole media types: @MessageSchema(mediaType = \"...\").";
		}
		if (cause instanceof InvalidHandlerException) {
			return "Correct what has @Handles: a bean that is a MessageHandler, or a method that takes the content.";
		}
		if (cause instanceof InvalidSchemaException) {
			return "Correct the class, or what makes it a content: its @MessageSchema, or the @Handles that names it.";
		}
		if (cause instanceof SchemaConflictException) {
			return "Give each schema class a media type of its own.";
		}
		return actionOnSettings(cause, failure);
	}

	private static @Nullable String actionOnSettings(Throwable cause, Throwable failure) {
		if (cause instanceof NoTopicException missing) {
			return "Set pubsub.producer.topics.mappings[%s] to the ARN of a topic".formatted(missing.mediaType())
					+ (missing.isBatch() ? "." : ", or set pubsub.producer.topics.default.");
		}
		if (cause instanceof InvalidTopicsException wrong) {
			return "Correct pubsub.producer.topics.%s.".formatted(wrong.entry());
		}
		if (cause instanceof MissingDeadLettersException) {
			return missingDeadLetters(failure);
		}
		if (cause instanceof InvalidExpiryException) {
			return "Correct pubsub.consumer.idempotency.lease or pubsub.consumer.idempotency.retention.";
		}
		return null;
	}

}
