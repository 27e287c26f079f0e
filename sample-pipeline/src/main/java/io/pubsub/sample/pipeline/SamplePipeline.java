package io.pubsub.sample.pipeline;

import java.util.Arrays;
import java.util.Set;

import io.pubsub.sample.pipeline.clicks.Emulator;
import io.pubsub.sample.pipeline.etl.EtlDemonstration;
import org.jspecify.annotations.Nullable;

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
		if (isHelp(args)) {
			System.out.println(Command.usage());
			return;
		}
		String name = (args.length > 0) ? args[0] : "";
		Command command = Command.named(name);
		if (command == null) {
			refuse(name.isEmpty() ? "Which command?" : "There is no command '%s'.%s".formatted(name,
					Arguments.meant(Spelling.nearest(name, Command.names()))));
			return;
		}
		String[] arguments;
		try {
			arguments = Arguments.of(command, Arrays.asList(args).subList(1, args.length));
			if (command == Command.ETL) {
				arguments = EtlDemonstration.begin(SamplePipeline.class, arguments);
			}
			if (command == Command.CLICKS) {
				arguments = Emulator.prepare(arguments);
			}
		}
		catch (IllegalArgumentException ex) {
			refuse(ex.getMessage());
			return;
		}
		run(command, arguments);
	}

	private static boolean isHelp(String... args) {
		return Arrays.stream(args).anyMatch(Set.of("-h", "--help")::contains)
				|| (args.length > 0 && args[0].equals("help"));
	}

	private static void refuse(@Nullable String reason) {
		System.err.printf("%s%n%n%s%n", reason, Command.usage());
		System.exit(WRONG_USAGE);
	}

	private static void run(Command command, String... args) {
		SpringApplication application = new SpringApplication(command.application());
		application.setAdditionalProfiles(command.toString());
		ConfigurableApplicationContext context = application.run(args);
		if (Arrays.asList(args).contains("--once=true")) {
			System.exit(SpringApplication.exit(context));
		}
	}

}
