package io.pubsub.autoconfigure.deadletter;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Configuration properties of the workbench for dead letters, as the actuator has it. The
 * commands need no permission.
 *
 * @param writeEnabled Whether dead letters can be replayed and discarded with the
 * actuator endpoint pubsubdeadletters. Otherwise it only looks.
 * @param showContent Whether the endpoint shows the content of a dead letter when it is
 * asked for it.
 * @since 0.1.0
 */
@ConfigurationProperties("pubsub.workbench")
public record WorkbenchProperties(@DefaultValue("false") boolean writeEnabled,
		@DefaultValue("false") boolean showContent) {

}
