package io.pubsub.local.internal.sns;

import java.util.List;
import java.util.Map;

import io.pubsub.local.internal.xml.Xml;

/**
 * The actions that publish.
 */
final class PublishActions {

	private static final String TOPIC_ARN = "TopicArn";

	private final Topics topics;

	private final Publisher publisher;

	PublishActions(Topics topics, Publisher publisher) {
		this.topics = topics;
		this.publisher = publisher;
	}

	Map<String, Action> actions() {
		return Map.of("Publish", this::publish, "PublishBatch", this::publishBatch);
	}

	private void publish(Parameters request, Xml result) {
		Topic topic = target(request);
		PublishRequest message = new PublishRequestReader(topic.attributes()).read(request);
		if (message.size() > topic.attributes().maximumMessageSize()) {
			throw SnsException.invalidParameter("Message too long");
		}
		write(this.publisher.publish(topic, List.of(message)).get(0), result);
	}

	private Topic target(Parameters request) {
		String topicArn = request.get(TOPIC_ARN);
		if (topicArn != null) {
			return this.topics.require(TOPIC_ARN, topicArn);
		}
		String targetArn = request.get("TargetArn");
		if (targetArn == null) {
			throw SnsException.missing("TopicArn or TargetArn");
		}
		return this.topics.require("TargetArn", targetArn);
	}

	private void publishBatch(Parameters request, Xml result) {
		List<Parameters> entries = request.groups("PublishBatchRequestEntries.member");
		Topic topic = this.topics.require(TOPIC_ARN, request.require(TOPIC_ARN));
		List<String> ids = BatchIds.check(entries);
		PublishRequestReader reader = new PublishRequestReader(topic.attributes());
		List<PublishRequest> messages = entries.stream().map(reader::read).toList();
		if (messages.stream().mapToLong(PublishRequest::size).sum() > topic.attributes().maximumMessageSize()) {
			throw SnsException.badRequest("BatchRequestTooLong",
					"The length of all the messages put together is more than the limit.");
		}
		List<Notification> notifications = this.publisher.publish(topic, messages);
		result.element("Successful", () -> {
			for (int i = 0; i < ids.size(); i++) {
				String id = ids.get(i);
				Notification notification = notifications.get(i);
				result.element("member", () -> write(notification, result.element("Id", id)));
			}
		});
		result.element("Failed", "");
	}

	private static void write(Notification notification, Xml result) {
		result.element("MessageId", notification.id()).element("SequenceNumber", notification.sequenceNumber());
	}

}
