package io.pubsub.aws.lambda;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.pubsub.internal.ForeignJson;
import io.pubsub.transport.Receiver;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lambda handler that has the messages of an SQS event handled, and reports those that
 * SQS is to deliver again. Handlers get one after the other; a pipeline gets as many at
 * once as it has in flight, and is drained at the end of the event.
 * <p>
 * The event source mapping must have {@code ReportBatchItemFailures}: without it, Lambda
 * takes no notice of the report and deletes everything. A delay that a handler asks for
 * cannot be kept, as a reported message comes again after the visibility timeout of its
 * queue. In a group of a FIFO queue, what comes after a failed message is reported
 * without being handled. An event with a field {@code warm} is answered without handling
 * anything.
 * <p>
 * Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class SqsEventHandler implements RequestStreamHandler {

	private static final String WARM_ANSWER = "warming up";

	private static final Duration UNLIMITED = Duration.ofDays(365);

	private static final int MARGIN_PART = 10;

	private static final Duration LONGEST_MARGIN = Duration.ofSeconds(1);

	private final Receiver receiver;

	private final JsonMapper mapper = JsonMapper.builder().build();

	/**
	 * Makes a handler, and opens its receiver, which stays open for as long as the
	 * process lives.
	 * @param receiver the receiver of the messages
	 */
	public SqsEventHandler(Receiver receiver) {
		this.receiver = receiver;
		receiver.open(Receiver.Host.NONE);
	}

	/**
	 * Handles an event.
	 * @param input the JSON of the event
	 * @param output the stream for the JSON of the answer
	 * @param context the context of the call in Lambda: what a receiver with threads of
	 * its own has not settled shortly before the end of the call is reported
	 * @throws IOException if input or output fail
	 * @throws IllegalArgumentException if the event is not one of SQS; nothing was
	 * handled then
	 */
	@Override
	public void handleRequest(InputStream input, OutputStream output, @Nullable Context context) throws IOException {
		JsonNode event = read(input);
		Object answer = event.has("warm") ? WARM_ANSWER
				: report(new Invocation(this.receiver, time(context)).handle(SqsRecord.readAll(event)));
		output.write(this.mapper.writeValueAsBytes(answer));
	}

	// What the parser says of a fault would quote the event.
	private JsonNode read(InputStream input) throws IOException {
		String json = new String(input.readAllBytes(), StandardCharsets.UTF_8);
		JsonNode event = ForeignJson.read(this.mapper, json,
				(fault) -> new IllegalArgumentException("The event " + fault + ": it is not an event of SQS"));
		return (event != null) ? event : this.mapper.missingNode();
	}

	// What is left then is for the answer.
	private static Duration time(@Nullable Context context) {
		Duration left = Duration.ofMillis((context != null) ? context.getRemainingTimeInMillis() : 0);
		if (left.isZero() || left.isNegative()) {
			return UNLIMITED;
		}
		Duration part = left.dividedBy(MARGIN_PART);
		return left.minus((part.compareTo(LONGEST_MARGIN) < 0) ? part : LONGEST_MARGIN);
	}

	private ObjectNode report(List<SqsRecord> failed) {
		ObjectNode report = this.mapper.createObjectNode();
		ArrayNode failures = report.putArray("batchItemFailures");
		failed.forEach((record) -> failures.addObject().put("itemIdentifier", record.message().id()));
		return report;
	}

}
