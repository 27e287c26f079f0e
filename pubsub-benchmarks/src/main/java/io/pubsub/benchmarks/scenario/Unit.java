package io.pubsub.benchmarks.scenario;

/**
 * The thing that the numbers of a scenario are about.
 */
public enum Unit {

	/** A message. */
	MESSAGE("msg", "msg"),

	/** An element that a message is taken apart into. */
	ELEMENT("element", "elements"),

	/** An object of S3. */
	OBJECT("object", "objects");

	private final String singular;

	private final String plural;

	Unit(String singular, String plural) {
		this.singular = singular;
		this.plural = plural;
	}

	/**
	 * Return the word for one.
	 * @return the word, as it stands in tables
	 */
	public String singular() {
		return this.singular;
	}

	/**
	 * Return the word for several.
	 * @return the word, as it stands in tables
	 */
	public String plural() {
		return this.plural;
	}

}
