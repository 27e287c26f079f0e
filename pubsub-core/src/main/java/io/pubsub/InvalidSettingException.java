package io.pubsub;

/**
 * Thrown when what something was set up with cannot be right. Says which setting it is,
 * so that whoever reads a configuration can tell its name there.
 *
 * @since 0.1.0
 */
public final class InvalidSettingException extends IllegalArgumentException {

	private final Class<?> type;

	private final String setting;

	/**
	 * Refuses a setting.
	 * @param type the type that was set up
	 * @param setting the name of the parameter
	 * @param message the sentence that has the value, and what was expected
	 */
	public InvalidSettingException(Class<?> type, String setting, String message) {
		super(message);
		this.type = type;
		this.setting = setting;
	}

	/**
	 * The type that was set up.
	 * @return the type, such as {@link MediaTypes}
	 */
	public Class<?> type() {
		return this.type;
	}

	/**
	 * The setting that cannot be right.
	 * @return the name of the parameter, such as {@code organization}
	 */
	public String setting() {
		return this.setting;
	}

}
