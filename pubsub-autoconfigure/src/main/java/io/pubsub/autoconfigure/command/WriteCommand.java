package io.pubsub.autoconfigure.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import io.pubsub.MediaType;
import io.pubsub.MediaTypes;
import io.pubsub.publish.MessageComposer;
import io.pubsub.publish.ProducerMode;
import io.pubsub.publish.Propagation;
import io.pubsub.publish.SnsProducer;
import io.pubsub.publish.TopicRouter;
import io.pubsub.publish.Topics;
import io.pubsub.schema.MessageCodec;
import io.pubsub.schema.SchemaRegistry;
import io.pubsub.time.Timekeeper;
import io.pubsub.transport.Destination;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import org.springframework.beans.factory.BeanFactory;

/**
 * Publishes one message.
 */
@Command(name = "write", description = "Publishes one message.")
final class WriteCommand implements Callable<Integer> {

	private final BeanFactory beans;

	@Option(names = "--topic-arn", paramLabel = "ARN", required = true, description = "the topic to publish to")
	private String topicArn = "";

	@Option(names = "--media-type", paramLabel = "TYPE", required = true,
			description = "a whole media type, <change>.<resource>, or the name of a resource that was created")
	private String mediaType = "";

	@Option(names = "--uri", paramLabel = "URI", description = "the field uri of the content")
	private @Nullable String uri;

	@Parameters(paramLabel = "FIELD", description = { "name=text or name:=json, a field of the content;",
			"or -, to read the content as one JSON object from the standard input" })
	private List<String> fields = new ArrayList<>();

	@Spec
	private @Nullable CommandSpec spec;

	WriteCommand(BeanFactory beans) {
		this.beans = beans;
	}

	@Override
	public Integer call() {
		Map<String, Object> content = new LinkedHashMap<>(new ContentReader(System.in).read(this.fields));
		if (this.uri != null) {
			content.put("uri", this.uri);
		}
		MediaType type = mediaTypeOf(this.beans.getBean(MediaTypes.class));
		String id = producer().produce(type, content);
		Output.of(this.spec).println("Published %s as message %s".formatted(type, id));
		return 0;
	}

	private MediaType mediaTypeOf(MediaTypes mediaTypes) {
		boolean resource = this.mediaType.indexOf('/') < 0 && !mediaTypes.beginsWithChange(this.mediaType);
		return resource ? mediaTypes.created(this.mediaType) : mediaTypes.resolve(this.mediaType);
	}

	private SnsProducer producer() {
		TopicRouter router = new TopicRouter(Topics.all(new Addresses(this.beans).topic(this.topicArn)),
				this.beans.getBean(MediaTypes.class));
		Destination destination = this.beans.getBean(Destination.class);
		MessageComposer composer = new MessageComposer(this.beans.getBean(SchemaRegistry.class),
				this.beans.getBean(MessageCodec.class), router, new Propagation(List.of()),
				this.beans.getBean(Timekeeper.class).clock(), destination.rules(), List.of());
		return new SnsProducer(composer, destination, ProducerMode.PUBLISH);
	}

}
