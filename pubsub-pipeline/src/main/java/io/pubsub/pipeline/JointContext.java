package io.pubsub.pipeline;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

import io.pubsub.Lease;
import io.pubsub.MediaType;
import io.pubsub.MessageContext;
import io.pubsub.OpaqueData;
import org.jspecify.annotations.Nullable;

/**
 * The context of a batch: what the contexts of its elements have in common.
 */
final class JointContext {

	private static final MediaType MIXED = new MediaType("multipart/mixed");

	private JointContext() {
	}

	/**
	 * The context of some elements. What is published in it passes on the smallest time
	 * to live, the opaque data that is equal in all, and no group.
	 * @param members the lineages of the elements
	 * @param lease the hold on their messages
	 * @return the context; that of the message itself if there is only one
	 */
	static MessageContext of(@Nullable Lineage[] members, Lease lease) {
		Set<Lineage> distinct = Collections.newSetFromMap(new IdentityHashMap<>());
		List<MessageContext> contexts = new ArrayList<>();
		for (Lineage member : members) {
			if (member != null && distinct.add(member)) {
				contexts.add(member.context());
			}
		}
		return (contexts.size() == 1) ? contexts.get(0) : of(contexts, lease);
	}

	private static MessageContext of(List<MessageContext> contexts, Lease lease) {
		if (contexts.isEmpty()) {
			return new MessageContext("none", MIXED, 1, null, null, OpaqueData.none(), Map.of());
		}
		MessageContext first = contexts.get(0);
		Integer timeToLive = smallest(contexts, MessageContext::timeToLive);
		OpaqueData opaqueData = OpaqueData.of(common(contexts, (context) -> context.opaqueData().asMap()));
		if (timeToLive != null) {
			opaqueData = opaqueData.with(OpaqueData.TIME_TO_LIVE, timeToLive.toString());
		}
		boolean mixed = contexts.stream().anyMatch((context) -> !context.mediaType().equals(first.mediaType()));
		int attempt = contexts.stream().mapToInt(MessageContext::attempt).max().orElse(1);
		Instant oldest = smallest(contexts, MessageContext::publishedAt);
		return new MessageContext(first.messageId() + " and " + (contexts.size() - 1) + " more",
				mixed ? MIXED : first.mediaType(), attempt, timeToLive, oldest, opaqueData,
				common(contexts, MessageContext::attributes), null, null, lease);
	}

	private static <V extends Comparable<V>> @Nullable V smallest(List<MessageContext> contexts,
			Function<MessageContext, @Nullable V> value) {
		V smallest = null;
		for (MessageContext context : contexts) {
			V next = value.apply(context);
			if (next != null && (smallest == null || next.compareTo(smallest) < 0)) {
				smallest = next;
			}
		}
		return smallest;
	}

	private static Map<String, String> common(List<MessageContext> contexts,
			Function<MessageContext, Map<String, String>> entries) {
		Map<String, String> common = new HashMap<>(entries.apply(contexts.get(0)));
		for (int i = 1; i < contexts.size() && !common.isEmpty(); i++) {
			Map<String, String> other = entries.apply(contexts.get(i));
			common.entrySet().removeIf((entry) -> !Objects.equals(entry.getValue(), other.get(entry.getKey())));
		}
		return common;
	}

}
