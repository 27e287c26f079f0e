package io.pubsub.benchmarks.process;

/**
 * A signal of a child to its parent: a line on its standard output.
 */
public enum Signal {

	/** The child has started, and this is what the parent needs to know. */
	READY,

	/** The child is done, and this is what came out. */
	RESULT;

	/**
	 * Tell the parent.
	 * @param payload the text that goes with the signal, on one line
	 */
	public void send(String payload) {
		System.out.println(prefix() + payload);
	}

	String prefix() {
		return "@%s ".formatted(name());
	}

}
