package io.pubsub.autoconfigure.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.pubsub.autoconfigure.doctor.ServiceTopology;
import io.pubsub.aws.topology.ServiceFacts;
import io.pubsub.aws.topology.Topology;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

import org.springframework.beans.factory.BeanFactory;

/**
 * Shows what the service wants of SQS and SNS.
 */
@Command(name = Commands.TOPOLOGY,
		description = { "Shows what the service publishes where and who handles it, or exports what creates that.",
				"Asks nobody, and changes nothing." },
		footerHeading = "%nFor example:%n", footer = { "  java -jar service.jar topology show --mermaid",
				"  java -jar service.jar topology export --format cloudformation > template.json" })
final class TopologyCommand {

	@Override
	public String toString() {
		return Commands.TOPOLOGY;
	}

	/**
	 * The options that say what the topology is of.
	 */
	static final class Of {

		@Mixin
		private final SourceOption source = new SourceOption();

		@Option(names = "--account", paramLabel = "ID",
				description = "the account, if neither a queue URL nor an ARN has it")
		private @Nullable String account;

		@Option(names = "--topic-arn", paramLabel = "ARN",
				description = { "a topic of others that the queues are to be subscribed to;", "may be repeated" })
		private List<String> topics = new ArrayList<>();

		Map<String, Object> properties() {
			return this.source.properties();
		}

		Topology topology(BeanFactory beans, CommandSpec spec) {
			check(spec, this.account == null || this.account.matches("\\d{12}"), "--account must be 12 digits, not ",
					String.valueOf(this.account));
			this.topics.forEach((topic) -> check(spec, ServiceFacts.isTopic(topic),
					"--topic-arn must be arn:aws:sns:region:account:name, not ", topic));
			return beans.getBean(ServiceTopology.class).topology(this.account, this.topics);
		}

		private static void check(CommandSpec spec, boolean right, String expected, String value) {
			if (!right) {
				throw new ParameterException(spec.commandLine(), expected + value);
			}
		}

	}

}
