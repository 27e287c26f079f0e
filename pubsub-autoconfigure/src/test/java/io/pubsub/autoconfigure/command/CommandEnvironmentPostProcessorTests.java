package io.pubsub.autoconfigure.command;

import java.util.Map;

import io.pubsub.autoconfigure.internal.CommandLineProperties;
import io.pubsub.autoconfigure.internal.UsageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.DefaultResourceLoader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link CommandEnvironmentPostProcessor}.
 */
class CommandEnvironmentPostProcessorTests {

	private final ConfigurableEnvironment environment = new StandardEnvironment();

	private final SpringApplication application = new SpringApplication();

	@ParameterizedTest
	@CsvSource({ "pubsub.consumer.enabled, false", "spring.main.web-application-type, none",
			"pubsub.local.enabled, false", "logging.level.root, warn", "pubsub.command-line.command, naive" })
	void makesTheApplicationQuiet(String property, String value) {
		process("naive --resource-name order --uri http://order");
		assertThat(this.environment.getProperty(property)).isEqualTo(value);
	}

	@ParameterizedTest
	@CsvSource({ "pubsub.consumer.enabled, false", "spring.main.web-application-type, none",
			"pubsub.local.enabled, false", "spring.main.lazy-initialization, true" })
	void makesNothingForFolders(String property, String value) {
		process("folder list in");
		assertThat(this.environment.getProperty(property)).isEqualTo(value);
	}

	@Test
	void letsTheDaemonReplayAFile() {
		process("replay --envelope raw orders.jsonl --spring.profiles.active=test");
		assertThat(this.environment.getProperty("pubsub.source")).isEqualTo("file:orders.jsonl");
		assertThat(this.environment.getProperty("pubsub.consumer.enabled")).isNull();
		assertThat(this.environment.getProperty(CommandLineProperties.COMMAND)).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "read --queue-url orders", "read --queue-url orders --testing",
			"write --topic-arn orders --media-type order", "replay orders.jsonl" })
	void goesWhereTheServiceGoes(String arguments) {
		process(arguments);
		assertThat(this.environment.getProperty("pubsub.local.enabled")).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "serve", "file write", "--server.port=1 read", "--stdin" })
	void leavesOtherArgumentsAlone(String arguments) {
		process(arguments);
		assertThat(this.environment.getProperty("spring.main.web-application-type")).isNull();
	}

	@Test
	void leavesCommandsAloneWhenTheyAreDisabled() {
		this.environment.getPropertySources()
			.addLast(new MapPropertySource("test", Map.of("pubsub.commands.enabled", "false")));
		process("read");
		assertThat(this.environment.getProperty("spring.main.web-application-type")).isNull();
	}

	@Test
	void leavesCommandsAloneWithoutPicocli() {
		this.application
			.setResourceLoader(new DefaultResourceLoader(new FilteredClassLoader(CommandLine.class.getName())));
		process("read");
		assertThat(this.environment.getProperty("spring.main.web-application-type")).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "read, --queue-url", "write --topic-arn x, --media-type", "replay, FILE",
			"read --queue-url x --nak, --nak", "read --queue-url x --nack-timeout soon, soon",
			"read --queue-url x --wait 21, --wait", "read --queue-url x --delete --nack, mutually exclusive" })
	void refusesWrongUsage(String arguments, String named) {
		assertThatExceptionOfType(UsageException.class).isThrownBy(() -> process(arguments))
			.withMessageContainingAll(named, "Usage: java -jar <service>.jar " + arguments.split(" ")[0])
			.satisfies((ex) -> assertThat(ex.getExitCode()).isEqualTo(2));
	}

	@ParameterizedTest
	@CsvSource({ "wirte, write", "reads, read", "reply, replay" })
	void refusesACommandThatIsMisspelt(String argument, String meant) {
		assertThatExceptionOfType(UsageException.class).isThrownBy(() -> process(argument))
			.withMessageContainingAll("There is no command " + argument, "Is it %s?".formatted(meant),
					"pubsub.commands.enabled=false");
	}

	@Test
	void refusesWhatTheLocaleHasBroken() {
		assertThatExceptionOfType(UsageException.class)
			.isThrownBy(() -> process("write --topic-arn x --media-type order name=M\uFFFD\uFFFDller"))
			.withMessageContaining("LC_ALL=C.UTF-8");
	}

	private void process(String arguments) {
		this.environment.getPropertySources().addLast(new CommandRunListener.Arguments(arguments.split(" ")));
		new CommandEnvironmentPostProcessor().postProcessEnvironment(this.environment, this.application);
	}

}
