package io.pubsub.publish;

import java.util.UUID;

import io.pubsub.MediaType;
import io.pubsub.MessageContext;
import io.pubsub.MessageDeduplicationId;
import io.pubsub.MessageGroupId;
import io.pubsub.schema.internal.DeclaredId;
import io.pubsub.transport.AddressRules;
import org.jspecify.annotations.Nullable;

/**
 * The group and the deduplication id of a message on its way to a topic.
 *
 * @param groupId the group, if there is one
 * @param deduplicationId the id that two copies of the message have in common, if that
 * counts
 */
record MessageIds(@Nullable String groupId, @Nullable String deduplicationId) {

	private static final ClassValue<Declared> DECLARED = new ClassValue<>() {

		@Override
		protected Declared computeValue(Class<?> schema) {
			return new Declared(DeclaredId.of(schema, MessageGroupId.class),
					DeclaredId.of(schema, MessageDeduplicationId.class));
		}

	};

	/**
	 * Chooses the ids: what the message says wins over what its content declares, and
	 * that over the group of the message that is being handled.
	 * @param message the message
	 * @param mediaType its media type
	 * @param topic its topic
	 * @param rules the rules of the topic
	 * @return the ids; a FIFO topic gets both
	 * @throws IllegalArgumentException if an id is not one, or there is no group for a
	 * FIFO topic
	 */
	static MessageIds of(Message message, MediaType mediaType, String topic, AddressRules rules) {
		boolean fifo = rules.isFifo(topic);
		Declared declared = DECLARED.get(message.content().getClass());
		String groupId = declared.groupOf(message);
		if (fifo && groupId == null) {
			throw new IllegalArgumentException(("%s goes to %s, which is FIFO, without a group: give it one with"
					+ " Message.inGroup(...), with @MessageGroupId in its class, or by publishing it while a message"
					+ " with a group is handled")
				.formatted(mediaType, topic));
		}
		String deduplicationId = declared.deduplicationOf(message, fifo);
		check(groupId, "group id", mediaType, rules);
		check(deduplicationId, "deduplication id", mediaType, rules);
		return new MessageIds(groupId, deduplicationId);
	}

	/**
	 * Insists that the annotations of a class can be read.
	 * @param schema the class
	 * @throws IllegalArgumentException if they cannot
	 */
	static void check(Class<?> schema) {
		DECLARED.get(schema);
	}

	private static void check(@Nullable String id, String name, MediaType mediaType, AddressRules rules) {
		String fault = (id != null) ? rules.faultOfId(id) : null;
		if (id != null && fault != null) {
			throw new IllegalArgumentException(
					"the %s of %s, of %d characters, %s".formatted(name, mediaType, id.length(), fault));
		}
	}

	/**
	 * The members of a class that are declared as ids.
	 *
	 * @param group the reader of the group, if there is one
	 * @param deduplication the reader of the deduplication id, if there is one
	 */
	private record Declared(@Nullable DeclaredId group, @Nullable DeclaredId deduplication) {

		@Nullable String groupOf(Message message) {
			String declared = (message.groupId() != null) ? message.groupId() : read(this.group, message);
			MessageContext context = MessageContext.current();
			return (declared != null || context == null) ? declared : context.groupId();
		}

		// A generated id tells the copies that repeated requests make; a standard topic
		// refuses any.
		@Nullable String deduplicationOf(Message message, boolean fifo) {
			if (message.deduplicationId() != null || !fifo) {
				return message.deduplicationId();
			}
			String declared = read(this.deduplication, message);
			return (declared != null) ? declared : UUID.randomUUID().toString();
		}

		private static @Nullable String read(@Nullable DeclaredId id, Message message) {
			return (id != null) ? id.read(message.content()) : null;
		}

	}

}
