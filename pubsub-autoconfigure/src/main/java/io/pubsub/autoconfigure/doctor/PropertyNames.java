package io.pubsub.autoconfigure.doctor;

import io.pubsub.autoconfigure.consume.ManagedDaemon;
import io.pubsub.aws.topology.Setting;
import io.pubsub.aws.topology.SettingNames;

/**
 * {@link SettingNames} that are those of properties.
 */
final class PropertyNames implements SettingNames {

	@Override
	public String name(String consumption, Setting setting) {
		boolean handles = consumption.equals(ManagedDaemon.HANDLERS);
		return switch (setting) {
			case REGION -> "spring.cloud.aws.region.static";
			case SOURCE -> handles ? ManagedDaemon.MAIN_SOURCE : ofPipeline(consumption) + "source";
			case POLL_WAIT -> (handles ? "pubsub.consumer." : ofPipeline(consumption)) + "poll-wait";
			case VISIBILITY_TIMEOUT -> (handles ? "pubsub.consumer." : ofPipeline(consumption)) + "visibility-timeout";
		};
	}

	// A dot or an underscore would make another name.
	private static String ofPipeline(String name) {
		return name.matches("[^._]+") ? "pubsub.pipelines.%s.".formatted(name)
				: "pubsub.pipelines[%s].".formatted(name);
	}

}
