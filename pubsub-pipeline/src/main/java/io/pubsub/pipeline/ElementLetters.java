package io.pubsub.pipeline;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

import io.pubsub.MessageContext;
import io.pubsub.dispatch.DeadLetters;
import io.pubsub.transport.Destination;
import io.pubsub.transport.OutboundMessage;
import io.pubsub.transport.PublishResult;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@link FailureHandler} that sends each element to a destination, as JSON.
 */
final class ElementLetters implements FailureHandler {

	private final Destination destination;

	private final String address;

	private final JsonMapper mapper;

	/**
	 * Makes a handler.
	 * @param destination the destination
	 * @param address the address, in the words of the destination
	 * @param mapper the JSON mapper
	 */
	ElementLetters(Destination destination, String address, JsonMapper mapper) {
		this.destination = destination;
		this.address = address;
		this.mapper = mapper;
	}

	@Override
	public void accept(FailedElement element) throws Exception {
		PublishResult result = send(letter(element));
		Exception failure = result.failure();
		if (failure != null) {
			throw failure;
		}
	}

	private PublishResult send(OutboundMessage letter) throws Exception {
		try {
			return this.destination.publish(List.of(letter)).get().get(0);
		}
		catch (ExecutionException ex) {
			throw (ex.getCause() instanceof Exception cause) ? cause : ex;
		}
	}

	private OutboundMessage letter(FailedElement element) {
		MessageContext context = element.context();
		boolean fifo = this.destination.rules().isFifo(this.address);
		String group = context.groupId();
		return new OutboundMessage(this.address, context.mediaType(), this.mapper.writeValueAsString(element.element()),
				attributes(element), (group != null || !fifo) ? group : element.id(), fifo ? element.id() : null);
	}

	private Map<String, String> attributes(FailedElement element) {
		Map<String, Object> detail = new LinkedHashMap<>();
		detail.put("id", element.id());
		detail.put("messageId", element.context().messageId());
		detail.put("attempt", element.context().attempt());
		detail.put("handler", element.pipeline());
		detail.put("stage", element.stage());
		detail.put("exception", element.cause().getClass().getName());
		return Map.of(DeadLetters.REASON, REASON, DeadLetters.DETAIL, this.mapper.writeValueAsString(detail));
	}

}
