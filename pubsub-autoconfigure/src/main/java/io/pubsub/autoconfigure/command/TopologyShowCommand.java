package io.pubsub.autoconfigure.command;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;

import io.pubsub.aws.topology.Topology;
import io.pubsub.aws.topology.TopologyPicture;
import io.pubsub.aws.topology.TopologyTree;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import org.springframework.beans.factory.BeanFactory;

/**
 * Draws what the service wants of SQS and SNS.
 */
@Command(name = "show", description = "Shows what the service publishes where, and who handles it, as a tree.")
final class TopologyShowCommand implements Callable<Integer>, TopologyAction {

	private final BeanFactory beans;

	@Mixin
	private final TopologyCommand.Of of = new TopologyCommand.Of();

	@Option(names = "--mermaid", description = "draws a picture for Mermaid instead")
	private boolean mermaid;

	@Spec
	private @Nullable CommandSpec spec;

	TopologyShowCommand(BeanFactory beans) {
		this.beans = beans;
	}

	@Override
	public Map<String, Object> properties() {
		return this.of.properties();
	}

	@Override
	public Integer call() {
		Topology topology = this.of.topology(this.beans, Objects.requireNonNull(this.spec));
		Output.of(this.spec)
			.println(this.mermaid ? new TopologyPicture(topology).text() : new TopologyTree(topology).text());
		return 0;
	}

}
