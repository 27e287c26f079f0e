package io.pubsub.aws.topology;

import java.util.List;
import java.util.Map;
import java.util.Set;

import io.pubsub.MediaType;

/**
 * What the service itself says: what it consumes and publishes, and by which classes. It
 * asks nobody.
 *
 * @param name the name of the service
 * @param consumptions the queues that it consumes
 * @param published the media types that it publishes, by the address of where they go,
 * such as the ARN of a topic
 * @param maxMessageBytes the largest message that it publishes, in bytes
 * @param schemas the classes that do not fit the rest
 * @param settings the names of its settings
 * @since 0.1.0
 */
public record ServiceFacts(String name, List<Consumption> consumptions, Map<String, Set<MediaType>> published,
		int maxMessageBytes, OddSchemas schemas, SettingNames settings) {

	private static final String TOPIC = ":sns:";

	public ServiceFacts {
		consumptions = List.copyOf(consumptions);
		published = Map.copyOf(published);
	}

	/**
	 * Whether an address is that of a topic of SNS.
	 * @param address the address
	 * @return {@code false} for a queue, a stream and all else
	 */
	public static boolean isTopic(String address) {
		return address.startsWith("arn:") && address.contains(TOPIC);
	}

	/**
	 * Classes that do not fit the rest of the service.
	 *
	 * @param unused the names of the classes whose media type neither a handler nor a
	 * topic has, by media type
	 * @param missing the names of the classes that are no schema, by the handler that
	 * takes them
	 * @param ungrouped the names of the classes that go to a FIFO topic and declare no
	 * group, by media type
	 */
	public record OddSchemas(Map<MediaType, String> unused, Map<String, String> missing,
			Map<MediaType, String> ungrouped) {

		/**
		 * None: all classes fit.
		 */
		public static final OddSchemas NONE = new OddSchemas(Map.of(), Map.of(), Map.of());

		public OddSchemas {
			unused = Map.copyOf(unused);
			missing = Map.copyOf(missing);
			ungrouped = Map.copyOf(ungrouped);
		}

	}

}
