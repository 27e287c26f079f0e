package io.pubsub.schema;

import io.pubsub.transport.InboundMessage;
import tools.jackson.databind.json.JsonMapper;

/**
 * The form in which the body of a message holds its media type, opaque data and content.
 * <p>
 * Safe for use by many threads.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Envelope {

	/**
	 * Takes a message out of its envelope. Any other exception, and {@code null}, makes
	 * the message malformed too: the class of the exception is told, its text is not, as
	 * it may quote the body.
	 * @param message the message as a source received it
	 * @return its parts
	 * @throws MalformedMessageException if the body is not such an envelope
	 * @throws UntrustedMessageException if the message does not come from where it should
	 * @throws io.pubsub.NackException if the message cannot be opened now, but later, for
	 * example because a key or a store cannot be reached; that does not count as an
	 * attempt
	 */
	OpenedMessage open(InboundMessage message);

	/**
	 * The envelope that the codec writes, inside an SNS notification or delivered raw.
	 * @param mapper the JSON mapper
	 * @return the envelope
	 */
	static Envelope codec(JsonMapper mapper) {
		EnvelopeReader reader = new EnvelopeReader(mapper);
		return reader::openNotification;
	}

	/**
	 * No envelope: the body is the content, its media type {@code application/json}.
	 * @param mapper the JSON mapper
	 * @return the envelope
	 */
	static Envelope raw(JsonMapper mapper) {
		EnvelopeReader reader = new EnvelopeReader(mapper);
		return reader::openContent;
	}

	/**
	 * The envelope that the codec writes and nothing around it, for input from files and
	 * for debugging.
	 * @param mapper the JSON mapper
	 * @return the envelope
	 */
	static Envelope naive(JsonMapper mapper) {
		EnvelopeReader reader = new EnvelopeReader(mapper);
		return reader::openMessage;
	}

}
