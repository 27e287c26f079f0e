package io.pubsub.autoconfigure.command;

import java.util.Map;
import java.util.concurrent.Callable;

import io.pubsub.MediaType;
import io.pubsub.MediaTypes;
import io.pubsub.OpaqueData;
import io.pubsub.schema.MessageCodec;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import org.springframework.beans.factory.BeanFactory;

/**
 * Prints a message for {@code --stdin}.
 */
@Command(name = "naive", description = "Prints a message as one line, for --stdin.", footerHeading = "%nExample:%n",
		footer = { "  java -jar service.jar naive --resource-name shipment --uri http://... |",
				"    java -jar service.jar --stdin" })
final class NaiveCommand implements Callable<Integer> {

	private final BeanFactory beans;

	@Option(names = "--action", defaultValue = "created", paramLabel = "ACTION",
			description = "what happened: created or changed (default: ${DEFAULT-VALUE})")
	private String action = "";

	@Option(names = "--resource-name", paramLabel = "NAME", required = true,
			description = "the resource, as in foo.bar")
	private String resourceName = "";

	@Option(names = "--uri", paramLabel = "URI", required = true, description = "where the resource is")
	private String uri = "";

	@Spec
	private @Nullable CommandSpec spec;

	NaiveCommand(BeanFactory beans) {
		this.beans = beans;
	}

	@Override
	public Integer call() {
		MediaTypes mediaTypes = this.beans.getBean(MediaTypes.class);
		MediaType mediaType = mediaTypes.of(this.action, this.resourceName, false);
		Output.of(this.spec)
			.println(this.beans.getBean(MessageCodec.class)
				.encode(mediaType, Map.of("uri", this.uri), OpaqueData.none()));
		return 0;
	}

}
