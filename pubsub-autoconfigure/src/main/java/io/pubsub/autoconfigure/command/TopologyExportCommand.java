package io.pubsub.autoconfigure.command;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;

import io.pubsub.autoconfigure.doctor.ServiceTopology;
import io.pubsub.aws.topology.CloudFormationExport;
import io.pubsub.aws.topology.IamExport;
import io.pubsub.aws.topology.Topology;
import io.pubsub.aws.topology.UnknownPlaceException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import org.springframework.beans.factory.BeanFactory;

/**
 * Prints what creates the queues, topics and subscriptions that the service wants.
 */
@Command(name = "export",
		description = { "Prints what creates the queues, dead-letter queues, topics, subscriptions and queue policies",
				"that the service wants, or what it has to be allowed." })
final class TopologyExportCommand implements Callable<Integer>, TopologyAction {

	private static final String CLOUDFORMATION = "cloudformation";

	private static final String AWS_CLI = "aws-cli";

	private static final String IAM = "iam";

	private final BeanFactory beans;

	@Mixin
	private final TopologyCommand.Of of = new TopologyCommand.Of();

	@Option(names = "--format", required = true, paramLabel = "FORMAT",
			description = { CLOUDFORMATION + "  a template, in JSON", AWS_CLI + "         commands, as a script",
					IAM + "             the least policy for the role of the service" })
	private String format = "";

	@Option(names = "--with-doctor", description = "lets the doctor look, too; with the format " + IAM)
	private boolean withDoctor;

	@Spec
	private @Nullable CommandSpec spec;

	TopologyExportCommand(BeanFactory beans) {
		this.beans = beans;
	}

	@Override
	public Map<String, Object> properties() {
		return this.of.properties();
	}

	@Override
	public Integer call() {
		CommandSpec known = Objects.requireNonNull(this.spec);
		if (!List.of(CLOUDFORMATION, AWS_CLI, IAM).contains(this.format)) {
			throw new ParameterException(known.commandLine(),
					"--format must be %s, %s or %s, not %s".formatted(CLOUDFORMATION, AWS_CLI, IAM, this.format));
		}
		Topology topology = this.of.topology(this.beans, known);
		Output.of(known).print(text(topology, known));
		topology.remarks().forEach(known.commandLine().getErr()::println);
		return 0;
	}

	private String text(Topology topology, CommandSpec known) {
		try {
			return switch (this.format) {
				case CLOUDFORMATION -> new CloudFormationExport(topology).text();
				case IAM -> new IamExport(topology, this.withDoctor).text();
				default -> this.beans.getBean(ServiceTopology.class).awsCli(topology).text();
			};
		}
		catch (UnknownPlaceException ex) {
			throw new ParameterException(known.commandLine(), ex.getMessage() + ": name it with --account", ex);
		}
	}

}
