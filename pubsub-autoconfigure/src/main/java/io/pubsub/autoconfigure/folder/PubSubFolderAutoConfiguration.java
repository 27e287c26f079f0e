package io.pubsub.autoconfigure.folder;

import io.pubsub.autoconfigure.PubSubAutoConfiguration;
import io.pubsub.autoconfigure.PubSubProperties;
import io.pubsub.autoconfigure.SourceSettings;
import io.pubsub.autoconfigure.internal.InputAddress;
import io.pubsub.autoconfigure.internal.RoutedDestination;
import io.pubsub.autoconfigure.publish.DestinationDecorator;
import io.pubsub.autoconfigure.sqs.PubSubSqsAutoConfiguration;
import io.pubsub.folder.FolderDestination;
import io.pubsub.time.Timekeeper;
import io.pubsub.transport.BackoffPolicy;
import io.pubsub.transport.Source;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Auto-configuration for folders, as what is consumed and as what is published to.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = PubSubAutoConfiguration.class, before = PubSubSqsAutoConfiguration.class)
@EnableConfigurationProperties({ PubSubProperties.class, PubSubFolderProperties.class })
public final class PubSubFolderAutoConfiguration {

	@Bean
	Folders pubSubFolders(PubSubFolderProperties properties, PubSubProperties all, Timekeeper time) {
		return new Folders(properties, all.source(), time);
	}

	@Bean
	@ConditionalOnBooleanProperty(name = "pubsub.consumer.enabled", matchIfMissing = true)
	FolderSourceFactory pubSubFolderSourceFactory(Folders folders) {
		return new FolderSourceFactory(folders);
	}

	@Bean
	@Conditional(FolderCondition.class)
	@ConditionalOnBooleanProperty(name = "pubsub.consumer.enabled", matchIfMissing = true)
	@ConditionalOnMissingBean(Source.class)
	Source pubSubFolder(FolderSourceFactory sources, BackoffPolicy backoff, PubSubProperties properties) {
		return sources.createMain(SourceSettings.ofHandlers(properties, backoff));
	}

	@Bean
	FolderTopicCheck pubSubFolderTopicCheck(PubSubProperties properties) {
		return new FolderTopicCheck(properties.producer().topics());
	}

	// A folder takes messages of any size.
	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE + 1)
	DestinationDecorator pubSubFolderDestinations(Timekeeper time) {
		FolderDestination folders = new FolderDestination(time);
		return (destination) -> new RoutedDestination(destination, folders, FolderDestination::isFolder);
	}

	/**
	 * Whether the source is a folder.
	 */
	static final class FolderCondition extends SpringBootCondition {

		@Override
		public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
			boolean folder = InputAddress.isFolder(context.getEnvironment().getProperty("pubsub.source"));
			return new ConditionOutcome(folder, "pubsub.source is " + (folder ? "a folder" : "no folder"));
		}

	}

}
