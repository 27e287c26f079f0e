package io.pubsub.autoconfigure;

import java.time.Clock;
import java.util.Set;

import io.pubsub.MediaType;
import io.pubsub.MediaTypes;
import io.pubsub.UriMessage;
import io.pubsub.autoconfigure.internal.EnvelopeSelection;
import io.pubsub.autoconfigure.internal.UnknownNameException;
import io.pubsub.autoconfigure.scan.ScannedMessage;
import io.pubsub.aws.s3.S3Event;
import io.pubsub.aws.s3.S3Object;
import io.pubsub.schema.Envelope;
import io.pubsub.schema.MalformedMessageException;
import io.pubsub.schema.MessageCodec;
import io.pubsub.schema.OpenedMessage;
import io.pubsub.schema.SchemaRegistry;
import io.pubsub.test.TestClock;
import io.pubsub.time.Timekeeper;
import io.pubsub.transport.BackoffPolicy;
import io.pubsub.transport.InboundMessage;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link PubSubAutoConfiguration}.
 */
class PubSubAutoConfigurationTests {

	private static final MediaType SCANNED = new MediaType("application/vnd.example.pubsub._.created.scanned");

	private final Envelope userEnvelope = Envelope.naive(JsonMapper.builder().build());

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class, ValidationAutoConfiguration.class,
				PubSubAutoConfiguration.class))
		.withPropertyValues("pubsub.organization=example");

	@Test
	void tellsAnySourceWhenAFailedMessageComesAgain() {
		this.contextRunner.withClassLoader(new FilteredClassLoader("software.amazon.awssdk.services.sqs"))
			.run((context) -> assertThat(context).hasSingleBean(BackoffPolicy.class));
	}

	@Test
	void findsTheSchemasInThePackagesOfTheApplication() {
		this.contextRunner
			.withInitializer((context) -> AutoConfigurationPackages
				.register((BeanDefinitionRegistry) context.getBeanFactory(), ScannedMessage.class.getPackageName()))
			.run((context) -> assertThat(context.getBean(SchemaRegistry.class).find(SCANNED))
				.isEqualTo(ScannedMessage.class));
	}

	@Test
	void knowsTheSchemasOfTheConvention() {
		this.contextRunner.run((context) -> assertThat(context.getBean(SchemaRegistry.class).find(SCANNED))
			.isEqualTo(UriMessage.class));
	}

	@Test
	void knowsNoSchemasOfTheConventionWhenToldSo() {
		this.contextRunner.withPropertyValues("pubsub.convention-schemas=false")
			.run((context) -> assertThat(context.getBean(SchemaRegistry.class).find(SCANNED)).isNull());
	}

	@Test
	void namesMediaTypesByTheOrganization() {
		this.contextRunner
			.run((context) -> assertThat(context.getBean(MediaTypes.class).created("scanned")).isEqualTo(SCANNED));
	}

	@Test
	void knowsFurtherLifecycleChanges() {
		this.contextRunner.withPropertyValues("pubsub.lifecycle-changes=created,borked")
			.run((context) -> assertThat(context.getBean(MediaTypes.class).of("borked", "foo", false))
				.hasToString("application/vnd.example.pubsub._.borked.foo"));
	}

	@Test
	void opensTheEnvelopeOfTheCodecByDefault() {
		this.contextRunner.run((context) -> assertThatExceptionOfType(MalformedMessageException.class)
			.isThrownBy(() -> context.getBean(Envelope.class).open(new InboundMessage("1", "{}"))));
	}

	@Test
	void takesAnyJsonWithTheRawEnvelope() {
		this.contextRunner.withPropertyValues("pubsub.envelope=raw")
			.run((context) -> assertThat(
					context.getBean(Envelope.class).open(new InboundMessage("1", "{}")).mediaType())
				.hasToString("application/json"));
	}

	@Test
	void decodesWhatS3TellsWithTheEnvelopeOfS3() {
		String body = """
				{"source": "aws.s3", "detail-type": "Object Created", "detail": {"bucket": {"name": "files"},
				"object": {"key": "a.gz"}}}""";
		this.contextRunner.withPropertyValues("pubsub.envelope=s3-event").run((context) -> {
			OpenedMessage opened = context.getBean(Envelope.class).open(new InboundMessage("1", body));
			assertThat(opened.mediaType()).isEqualTo(context.getBean(MediaTypes.class).of(S3Event.class));
			assertThat(context.getBean(MessageCodec.class).decode(opened, S3Event.class).objects())
				.containsExactly(new S3Object("files", "a.gz", "Object Created", null, null, null, null, null, null));
		});
	}

	@Test
	void failsOnAnUnknownEnvelopeAndListsTheKnownOnes() {
		this.contextRunner.withBean("legacy", Envelope.class, () -> this.userEnvelope)
			.withPropertyValues("pubsub.envelope=paper")
			.run((context) -> assertThatExceptionOfType(UnknownNameException.class)
				.isThrownBy(() -> context.getBean(EnvelopeSelection.class).select())
				.withMessageContaining("paper")
				.satisfies((ex) -> assertThat(ex.action()).endsWith("codec, raw, naive, s3-event, legacy")));
	}

	@Test
	void doesNotStartWithAnUnknownEnvelope() {
		this.contextRunner.withPropertyValues("pubsub.envelope=paper")
			.run((context) -> assertThat(context).getFailure().rootCause().isInstanceOf(UnknownNameException.class));
	}

	@Test
	void takesTheEnvelopeBeanOfTheName() {
		this.contextRunner.withBean("legacy", Envelope.class, () -> this.userEnvelope)
			.withBean("other", Envelope.class, () -> (message) -> {
				throw new IllegalStateException("not chosen");
			})
			.withPropertyValues("pubsub.envelope=legacy")
			.run((context) -> assertThat(context.getBean(EnvelopeSelection.class).select())
				.isSameAs(this.userEnvelope));
	}

	@Test
	void prefersTheEnvelopeOfTheNameToTheOnlyBean() {
		this.contextRunner.withBean("legacy", Envelope.class, () -> this.userEnvelope)
			.withPropertyValues("pubsub.envelope=raw")
			.run((context) -> assertThat(context.getBean(EnvelopeSelection.class).select())
				.isNotSameAs(this.userEnvelope));
	}

	@Test
	void takesTheOnlyEnvelopeBean() {
		this.contextRunner.withBean("legacy", Envelope.class, () -> this.userEnvelope)
			.run((context) -> assertThat(context.getBean(EnvelopeSelection.class).select())
				.isSameAs(this.userEnvelope));
	}

	@Test
	void doesNotChooseAmongSeveralEnvelopeBeans() {
		this.contextRunner.withBean("legacy", Envelope.class, () -> this.userEnvelope)
			.withBean("other", Envelope.class, () -> this.userEnvelope)
			.run((context) -> assertThatIllegalStateException()
				.isThrownBy(() -> context.getBean(EnvelopeSelection.class).select())
				.withMessageContainingAll("legacy", "other", "pubsub.envelope"));
	}

	@Test
	void tellsTheTimeByTheClockOfTheApplication() {
		this.contextRunner.withBean(Clock.class, TestClock::new)
			.run((context) -> assertThat(context.getBean(Timekeeper.class).now()).isEqualTo("2026-01-01T00:00:00Z"));
	}

	@Test
	void backsOffWhenTheUserProvidesATimekeeper() {
		Timekeeper userTime = new TestClock().timekeeper();
		this.contextRunner.withBean(Timekeeper.class, () -> userTime)
			.run((context) -> assertThat(context).getBean(Timekeeper.class).isSameAs(userTime));
	}

	@Test
	void backsOffWhenTheUserProvidesMediaTypes() {
		MediaTypes mediaTypes = new MediaTypes("other", Set.of("created"));
		this.contextRunner.withBean(MediaTypes.class, () -> mediaTypes)
			.run((context) -> assertThat(context).getBean(MediaTypes.class).isSameAs(mediaTypes));
	}

	@Test
	void backsOffWhenTheUserProvidesASchemaRegistry() {
		SchemaRegistry schemas = new SchemaRegistry(new MediaTypes("other"), false);
		this.contextRunner.withBean(SchemaRegistry.class, () -> schemas)
			.run((context) -> assertThat(context).getBean(SchemaRegistry.class).isSameAs(schemas));
	}

	@Test
	void backsOffWhenTheUserProvidesACodec() {
		Validator validator = Validation.buildDefaultValidatorFactory().getValidator();
		MessageCodec codec = new MessageCodec(JsonMapper.builder().build(), validator,
				new SchemaRegistry(new MediaTypes("other"), false));
		this.contextRunner.withBean(MessageCodec.class, () -> codec)
			.run((context) -> assertThat(context).getBean(MessageCodec.class).isSameAs(codec));
	}

	@Test
	void backsOffWhenTheUserProvidesAnEnvelope() {
		Envelope envelope = Envelope.naive(JsonMapper.builder().build());
		this.contextRunner.withBean(Envelope.class, () -> envelope)
			.run((context) -> assertThat(context).getBean(Envelope.class).isSameAs(envelope));
	}

	@Test
	void isAbsentWithoutJackson() {
		this.contextRunner.withClassLoader(new FilteredClassLoader(JsonMapper.class))
			.run((context) -> assertThat(context).doesNotHaveBean(SchemaRegistry.class));
	}

}
