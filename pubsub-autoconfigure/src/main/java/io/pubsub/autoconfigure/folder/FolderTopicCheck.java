package io.pubsub.autoconfigure.folder;

import io.pubsub.autoconfigure.PubSubProperties;
import io.pubsub.autoconfigure.internal.InvalidPropertyException;
import io.pubsub.autoconfigure.internal.UnusablePropertyException;
import io.pubsub.folder.FolderDestination;
import io.pubsub.folder.UnusableFolderException;

import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Finds out at the start, and not when something is published, that a topic is a folder
 * that is missing.
 */
final class FolderTopicCheck implements SmartInitializingSingleton {

	private final PubSubProperties.Topics topics;

	FolderTopicCheck(PubSubProperties.Topics topics) {
		this.topics = topics;
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.topics.addresses().forEach((entry, topic) -> {
			if (FolderDestination.isFolder(topic)) {
				check("pubsub.producer.topics." + entry, topic);
			}
		});
	}

	private static void check(String property, String topic) {
		try {
			FolderDestination.check(topic);
		}
		catch (UnusableFolderException ex) {
			throw new UnusablePropertyException(property, ex);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidPropertyException(property, property + ": " + ex.getMessage());
		}
	}

}
