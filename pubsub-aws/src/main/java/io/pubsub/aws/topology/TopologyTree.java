package io.pubsub.aws.topology;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.pubsub.MediaType;
import io.pubsub.aws.topology.Topology.Queue;

/**
 * Draws a {@link Topology} as a tree, for people: who publishes what where, and who
 * handles it.
 *
 * @param topology the topology
 * @since 0.1.0
 */
public record TopologyTree(Topology topology) {

	/**
	 * The tree.
	 * @return its lines
	 */
	public String text() {
		Node service = new Node(this.topology.service().name());
		new TreeMap<>(this.topology.service().published())
			.forEach((address, mediaTypes) -> service.add(publication(address, mediaTypes)));
		this.topology.service().consumptions().forEach((consumption) -> service.add(consumption(consumption)));
		List<String> lines = new ArrayList<>();
		service.draw("", "", lines);
		this.topology.remarks().forEach((remark) -> lines.add("! " + remark));
		return String.join(System.lineSeparator(), lines);
	}

	private Node publication(String address, Set<MediaType> mediaTypes) {
		Node node = new Node("publishes to " + address);
		sorted(mediaTypes).forEach((mediaType) -> node.add(new Node(mediaType + handledBy(address, mediaType))));
		return node;
	}

	private String handledBy(String address, MediaType mediaType) {
		return this.topology.service()
			.consumptions()
			.stream()
			.filter((consumption) -> consumption.topics().contains(address) && consumption.handles(mediaType))
			.map((consumption) -> " -> " + handler(consumption, mediaType))
			.findFirst()
			.orElse("");
	}

	static String handler(Consumption consumption, MediaType mediaType) {
		String exact = consumption.handlers().get(mediaType);
		return (exact != null) ? exact : consumption.handlers().getOrDefault(mediaType.pattern(), "");
	}

	private Node consumption(Consumption consumption) {
		Node node = new Node("consumes %s (%s)".formatted(consumption.queue(), consumption.name()));
		this.topology.queue(consumption.queue()).ifPresent((queue) -> {
			this.topology.subscriptionsOf(queue).forEach((one) -> node.add(new Node("from " + one.topic())));
			handlers(consumption).forEach(node::add);
			node.add(letters(queue));
		});
		return node;
	}

	private static Stream<Node> handlers(Consumption consumption) {
		return sorted(consumption.handlers().keySet())
			.map((mediaType) -> new Node("%s -> %s".formatted(mediaType, handler(consumption, mediaType))));
	}

	private static Node letters(Queue queue) {
		return new Node("dead letters to %s, by SQS after %d receives"
			.formatted((queue.letters() != null) ? queue.letters().name() : "nowhere", queue.maxReceiveCount()));
	}

	static Stream<MediaType> sorted(Collection<MediaType> mediaTypes) {
		return mediaTypes.stream().sorted((one, other) -> one.value().compareTo(other.value()));
	}

	/**
	 * A node of the tree.
	 *
	 * @param text its text
	 * @param children the nodes below
	 */
	private record Node(String text, List<Node> children) {

		Node(String text) {
			this(text, new ArrayList<>());
		}

		void add(Node child) {
			this.children.add(child);
		}

		void draw(String first, String others, List<String> lines) {
			lines.add(first + this.text);
			for (int i = 0; i < this.children.size(); i++) {
				boolean last = i == this.children.size() - 1;
				this.children.get(i).draw(others + (last ? "└─ " : "├─ "), others + (last ? "   " : "│  "), lines);
			}
		}

	}

}
