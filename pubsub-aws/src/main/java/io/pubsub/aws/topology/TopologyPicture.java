package io.pubsub.aws.topology;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.pubsub.MediaType;
import io.pubsub.aws.internal.Arn;
import io.pubsub.aws.topology.Topology.Queue;

/**
 * Draws a {@link Topology} for Mermaid, as Markdown of GitHub and others shows it.
 *
 * @since 0.1.0
 */
public final class TopologyPicture {

	private final Topology topology;

	private final Map<String, String> ids = new LinkedHashMap<>();

	private final List<String> lines = new ArrayList<>();

	/**
	 * Makes a picture.
	 * @param topology the topology
	 */
	public TopologyPicture(Topology topology) {
		this.topology = topology;
	}

	/**
	 * The picture.
	 * @return its source
	 */
	public synchronized String text() {
		this.ids.clear();
		this.lines.clear();
		String service = node("service", "([\"%s\"])", this.topology.service().name());
		new TreeMap<>(this.topology.service().published())
			.forEach((address, mediaTypes) -> arrow(service, "-->", topic(address), labels(mediaTypes.stream())));
		this.topology.subscriptions()
			.forEach((one) -> arrow(topic(one.topic().toString()), "-->", queue(one.queue()), ""));
		this.topology.service().consumptions().forEach(this::consumption);
		return Stream.concat(Stream.of("flowchart LR"), this.lines.stream().map((line) -> "    " + line))
			.collect(Collectors.joining(System.lineSeparator()));
	}

	private void consumption(Consumption consumption) {
		this.topology.queue(consumption.queue()).ifPresent((queue) -> {
			String from = queue(queue);
			Map<String, List<MediaType>> byHandler = new TreeMap<>();
			consumption.handlers()
				.forEach((mediaType, handler) -> byHandler.computeIfAbsent(handler, (key) -> new ArrayList<>())
					.add(mediaType));
			byHandler.putIfAbsent(consumption.name(), List.of());
			if (byHandler.size() > 1 && byHandler.get(consumption.name()).isEmpty()) {
				byHandler.remove(consumption.name());
			}
			byHandler.forEach((handler, mediaTypes) -> arrow(from, "-->",
					node("handler " + handler, "([\"%s\"])", handler), labels(mediaTypes.stream())));
			this.topology.queues()
				.stream()
				.filter((letters) -> letters.address().equals(queue.letters()))
				.forEach((letters) -> arrow(from, "-.->", queue(letters), "dead letters"));
		});
	}

	// The last segments tell most.
	private static String labels(Stream<MediaType> mediaTypes) {
		return TopologyTree.sorted(mediaTypes.toList())
			.map((mediaType) -> mediaType.value().replaceFirst("^.*?([^./]+\\.[^./]+)$", "$1"))
			.collect(Collectors.joining("<br/>"));
	}

	private String topic(String address) {
		return node("to " + address, "{{\"%s\"}}", address.startsWith("arn:") ? Arn.of(address).name() : address);
	}

	private String queue(Queue queue) {
		return node("queue " + queue.address().name(), "[(\"%s\")]", queue.address().name());
	}

	private String node(String key, String shape, String label) {
		return this.ids.computeIfAbsent(key, (unknown) -> {
			String id = "n" + this.ids.size();
			this.lines.add(id + shape.formatted(label.replace("\"", "#quot;")));
			return id;
		});
	}

	private void arrow(String from, String arrow, String to, String label) {
		this.lines.add(label.isEmpty() ? "%s %s %s".formatted(from, arrow, to)
				: "%s %s|\"%s\"| %s".formatted(from, arrow, label.replace("\"", "#quot;"), to));
	}

}
