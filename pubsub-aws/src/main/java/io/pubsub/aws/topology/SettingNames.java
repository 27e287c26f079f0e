package io.pubsub.aws.topology;

/**
 * Knows under which names the settings of the service are configured.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface SettingNames {

	/**
	 * The name of a setting.
	 * @param consumption the name of the daemon that has it
	 * @param setting the setting
	 * @return the name, as it stands in the configuration
	 */
	String name(String consumption, Setting setting);

}
