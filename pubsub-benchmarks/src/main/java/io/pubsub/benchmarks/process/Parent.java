package io.pubsub.benchmarks.process;

import java.io.IOException;

/**
 * The process that has started this one, and holds the other end of its standard input.
 */
public final class Parent {

	private Parent() {
	}

	/**
	 * End this process when the parent has ended, however that came.
	 */
	public static void endWithParent() {
		Thread thread = new Thread(Parent::watch, "parent-watch");
		thread.setDaemon(true);
		thread.start();
	}

	private static void watch() {
		try {
			while (System.in.read() >= 0) {
				Thread.onSpinWait();
			}
		}
		catch (IOException ex) {
			System.err.println("The standard input cannot be read: " + ex);
		}
		Runtime.getRuntime().halt(1);
	}

}
