package io.pubsub.benchmarks;

/**
 * The benchmarks as a program.
 */
public final class BenchmarkApplication {

	private BenchmarkApplication() {
	}

	/**
	 * Run the benchmarks.
	 * @param args the command line
	 */
	public static void main(String[] args) {
		System.exit(BenchmarkCommand.commandLine().execute(args));
	}

}
