package io.pubsub.sample.pipeline.etl;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import org.springframework.boot.system.ApplicationHome;

/**
 * A run of the command in a process of its own, which is killed in the middle of a file,
 * as {@code kill -9}, the task manager or a power cut would do it.
 *
 * @param main the main class of the sample
 * @param folder the folder
 */
record KilledRun(Class<?> main, Path folder) {

	private static final Pattern MIDDLE = Pattern.compile(".*orders-3\\.csv: [23]000 orders so far");

	private static final int DELAY_MILLIS = 200;

	/**
	 * Runs until the third file is half loaded.
	 * @throws IOException if the process cannot be started
	 * @throws InterruptedException if the thread is interrupted
	 */
	void run() throws IOException, InterruptedException {
		ProcessBuilder builder = new ProcessBuilder(command()).redirectErrorStream(true);
		// A class path may be too long for a command line.
		builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
		Process process = builder.start();
		try (BufferedReader output = process.inputReader()) {
			say("First run: process %d".formatted(process.pid()));
			String line = output.readLine();
			while (line != null && !MIDDLE.matcher(line).matches()) {
				System.out.println("  | " + line);
				line = output.readLine();
			}
			if (line == null) {
				throw new IllegalStateException("the first run has ended before it could be killed");
			}
			System.out.println("  | " + line);
		}
		finally {
			process.destroyForcibly().waitFor();
		}
		say("Killed process %d in the middle of orders-3.csv. Second run: process %d".formatted(process.pid(),
				ProcessHandle.current().pid()));
	}

	private List<String> command() {
		Path home = Path.of(System.getProperty("java.home"), "bin", "java");
		List<String> command = new ArrayList<>(List.of(home.toString(), "-XX:TieredStopAtLevel=1"));
		ApplicationHome application = new ApplicationHome(this.main);
		if (application.getSource() != null && application.getSource().isFile()) {
			command.addAll(List.of("-jar", application.getSource().toString()));
		}
		else {
			command.add(this.main.getName());
		}
		command.addAll(List.of("etl", this.folder.toString(), "--once", "--delay=" + DELAY_MILLIS));
		return command;
	}

	private static void say(String text) {
		System.out.printf("%n== %s%n%n", text);
	}

}
