package io.pubsub.local.internal.sns;

import java.util.Map;

import io.pubsub.local.internal.xml.Xml;

/**
 * The actions on topics.
 */
final class TopicActions {

	private static final String TOPIC_ARN = "TopicArn";

	private static final String LABEL = "Label";

	private final Topics topics;

	TopicActions(Topics topics) {
		this.topics = topics;
	}

	Map<String, Action> actions() {
		return Map.of("CreateTopic", this::create, "DeleteTopic", this::delete, "ListTopics", this::list,
				"GetTopicAttributes", this::getAttributes, "SetTopicAttributes", this::setAttributes, "AddPermission",
				this::addPermission, "RemovePermission", this::removePermission, "TagResource", this::tag,
				"UntagResource", this::untag, "ListTagsForResource", this::listTags);
	}

	private void create(Parameters request, Xml result) {
		Topic topic = this.topics.create(request.require("Name"), request.attributes());
		topic.tags().put(request.tags());
		result.element(TOPIC_ARN, topic.arn());
	}

	private void delete(Parameters request, Xml result) {
		String arn = request.require(TOPIC_ARN);
		Arns.check(TOPIC_ARN, arn);
		this.topics.delete(arn);
	}

	private void list(Parameters request, Xml result) {
		Page<Topic> page = this.topics.list(request.get("NextToken"));
		result.element("Topics", () -> page.values()
			.forEach((topic) -> result.element("member", () -> result.element(TOPIC_ARN, topic.arn()))));
		result.element("NextToken", page.nextToken());
	}

	private void getAttributes(Parameters request, Xml result) {
		result.attributes(require(request).described());
	}

	private void setAttributes(Parameters request, Xml result) {
		String value = request.get("AttributeValue");
		this.topics.change(require(request), request.require("AttributeName"), (value != null) ? value : "");
	}

	private Topic require(Parameters request) {
		return this.topics.require(TOPIC_ARN, request.require(TOPIC_ARN));
	}

	private void addPermission(Parameters request, Xml result) {
		require(request).permissions()
			.add(request.require(LABEL), request.members("AWSAccountId"), request.members("ActionName"));
	}

	private void removePermission(Parameters request, Xml result) {
		require(request).permissions().remove(request.require(LABEL));
	}

	private void tag(Parameters request, Xml result) {
		requireResource(request).tags().put(request.tags());
	}

	private void untag(Parameters request, Xml result) {
		requireResource(request).tags().remove(request.members("TagKeys"));
	}

	private void listTags(Parameters request, Xml result) {
		Map<String, String> tags = requireResource(request).tags().all();
		result.element("Tags", () -> tags.forEach(
				(key, value) -> result.element("member", () -> result.element("Key", key).element("Value", value))));
	}

	private Topic requireResource(Parameters request) {
		return this.topics.requireResource(request.require("ResourceArn"));
	}

}
