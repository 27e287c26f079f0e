package io.pubsub.console;

import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;

import io.pubsub.autoconfigure.PubSubProperties;
import io.pubsub.autoconfigure.circuit.CircuitStates;
import io.pubsub.autoconfigure.console.ConsoleProperties;
import io.pubsub.autoconfigure.consume.Daemons;
import io.pubsub.autoconfigure.consume.PubSubConsumerAutoConfiguration;
import io.pubsub.autoconfigure.deadletter.DeadLetterWorkbench;
import io.pubsub.autoconfigure.deadletter.PubSubDeadLetterAutoConfiguration;
import io.pubsub.autoconfigure.doctor.PubSubDoctorAutoConfiguration;
import io.pubsub.autoconfigure.doctor.ServiceDoctor;
import io.pubsub.autoconfigure.pipeline.PubSubPipelineAutoConfiguration;
import io.pubsub.dispatch.HandlerRegistry;
import io.pubsub.observe.MediaTypeTag;
import io.pubsub.pipeline.PipelineStatistics;
import io.pubsub.publish.TopicRouter;
import io.pubsub.schema.SchemaRegistry;
import io.pubsub.time.Timekeeper;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.web.PathMapper;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.web.filter.reactive.ServerWebExchangeContextFilter;

/**
 * Auto-configuration for the console, where its endpoint is exposed.
 *
 * @since 0.1.0
 */
@AutoConfiguration(
		after = { PubSubConsumerAutoConfiguration.class, PubSubPipelineAutoConfiguration.class,
				PubSubDoctorAutoConfiguration.class, PubSubDeadLetterAutoConfiguration.class },
		afterName = "io.awspring.cloud.autoconfigure.sqs.SqsAutoConfiguration")
@ConditionalOnWebApplication
@ConditionalOnBean(SchemaRegistry.class)
@ConditionalOnAvailableEndpoint(endpoint = ConsoleEndpoint.class)
@EnableConfigurationProperties(ConsoleProperties.class)
public final class PubSubConsoleAutoConfiguration {

	@Bean
	PathMapper pubSubConsolePathMapper() {
		return ConsolePath.mapper();
	}

	@Bean
	Recorder pubSubConsoleRecorder(SchemaRegistry schemas, Timekeeper time) {
		return new Recorder(new MediaTypeTag(schemas), time);
	}

	@Bean
	Gauges pubSubConsoleGauges() {
		return new Gauges();
	}

	@Bean
	Surveyor pubSubConsoleSurveyor(Recorder recorder, Gauges gauges, ObjectProvider<Daemons> daemons,
			ObjectProvider<HandlerRegistry> handlers, ObjectProvider<CircuitStates> circuits,
			ObjectProvider<Graphs> graphs, ObjectProvider<TopicRouter> topics, SchemaRegistry schemas,
			PubSubProperties properties, Timekeeper time) {
		return new Surveyor(recorder, gauges, daemons, handlers, circuits, graphs, topics, schemas, properties, time);
	}

	@Bean
	Controls pubSubConsoleControls(ObjectProvider<Daemons> daemons) {
		return new Controls(daemons);
	}

	@Bean
	Console pubSubConsole(Surveyor surveyor, ConsoleProperties properties, ObjectProvider<Deed.Catalog> catalogs,
			Environment environment) {
		return new Console(surveyor, instance(environment), properties, catalogs.orderedStream().toList());
	}

	private static Snapshot.Instance instance(Environment environment) {
		return new Snapshot.Instance(environment.getProperty("spring.application.name", "application"), hostName(),
				ProcessHandle.current().pid(), ManagementFactory.getRuntimeMXBean().getStartTime());
	}

	private static String hostName() {
		try {
			return InetAddress.getLocalHost().getHostName();
		}
		catch (UnknownHostException ex) {
			return "an unknown host";
		}
	}

	/**
	 * What samples the consumers.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBean(Daemons.class)
	static class SamplingConfiguration {

		@Bean
		Sampler pubSubConsoleSampler(Daemons daemons, ObjectProvider<Sampler.Probe> probes, Gauges gauges,
				Timekeeper time) {
			return new Sampler(daemons, probes.orderedStream().toList(), gauges, time);
		}

	}

	/**
	 * What asks SQS.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBean(SqsAsyncClient.class)
	static class SqsConfiguration {

		@Bean
		DepthProbe pubSubConsoleDepthProbe(SqsAsyncClient sqs, Gauges gauges) {
			return new DepthProbe(sqs, gauges);
		}

	}

	/**
	 * The graphs of pipelines.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(PipelineStatistics.class)
	static class PipelineConfiguration {

		@Bean
		StageProbe pubSubConsoleStageProbe(Gauges gauges) {
			return new StageProbe(gauges);
		}

	}

	/**
	 * The doctor.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBean(ServiceDoctor.class)
	static class DoctorConfiguration {

		@Bean
		DoctorVisit pubSubConsoleDoctorVisit(ServiceDoctor doctor) {
			return new DoctorVisit(doctor);
		}

	}

	/**
	 * The dead letters.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBean(DeadLetterWorkbench.class)
	static class LetterConfiguration {

		@Bean
		Letters pubSubConsoleLetters(DeadLetterWorkbench workbench, ConsoleProperties properties) {
			return new Letters(workbench, properties.showContent());
		}

	}

	/**
	 * The endpoint on a servlet server.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
	static class ServletConfiguration {

		@Bean
		ConsoleEndpoint pubSubConsoleEndpoint(Console console, ObjectProvider<PathMapper> mappers) {
			return new ConsoleEndpoint(console, new ConsolePath(mappers));
		}

	}

	/**
	 * The endpoint on a reactive server.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
	static class ReactiveConfiguration {

		@Bean
		ReactiveConsoleEndpoint pubSubConsoleEndpoint(Console console, ObjectProvider<PathMapper> mappers) {
			return new ReactiveConsoleEndpoint(console, new ConsolePath(mappers));
		}

		@Bean
		@ConditionalOnMissingBean
		ServerWebExchangeContextFilter pubSubConsoleExchangeFilter() {
			return new ServerWebExchangeContextFilter();
		}

	}

}
