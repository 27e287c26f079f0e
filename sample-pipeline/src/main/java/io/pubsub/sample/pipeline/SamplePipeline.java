package io.pubsub.sample.pipeline;

import java.util.Arrays;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The pipelines, each of which is a command. With the local broker, which is on by
 * default, a command shows what its pipeline does; with {@code --once} it ends after
 * that.
 */
public final class SamplePipeline {

	private static final int WRONG_USAGE = 2;

	private SamplePipeline() {
	}

	/**
	 * Runs a command.
	 * @param args the name of the command, and the command line of its application
	 */
	public static void main(String[] args) {
		String name = (args.length > 0) ? args[0] : "";
		Command command = Command.named(name);
		if (command == null) {
			System.err.printf("There is no command '%s'.%n%n%s%n", name, Command.usage());
			System.exit(WRONG_USAGE);
		}
		else {
			run(command, Arrays.copyOfRange(args, 1, args.length));
		}
	}

	private static void run(Command command, String... args) {
		SpringApplication application = new SpringApplication(command.application());
		application.setAdditionalProfiles(command.command());
		ConfigurableApplicationContext context = application.run(args);
		if (Arrays.asList(args).contains("--once")) {
			System.exit(SpringApplication.exit(context));
		}
	}

}
