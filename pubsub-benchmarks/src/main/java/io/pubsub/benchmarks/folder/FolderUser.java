package io.pubsub.benchmarks.folder;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

import io.pubsub.benchmarks.scenario.Contender;

/**
 * A contender that puts messages into a folder and works them off.
 */
public interface FolderUser {

	/**
	 * Find the user that is a contender.
	 * @param contender the contender
	 * @param concurrency the number of messages that are handled at once
	 * @return the user
	 */
	static FolderUser of(Contender contender, int concurrency) {
		return switch (contender) {
			case NAIVE -> new NaiveFolderUser();
			case PUBSUB -> new PubSubFolderUser(concurrency);
			default -> throw new IllegalArgumentException("%s uses no folder".formatted(contender));
		};
	}

	/**
	 * Put messages into a folder.
	 * @param folder the folder
	 * @param bodies the messages
	 * @throws IOException if that fails
	 */
	void put(Path folder, List<String> bodies) throws IOException;

	/**
	 * Work off what is in a folder, and return when nothing is left.
	 * @param folder the folder
	 * @param handler the handler, called by several threads
	 * @throws IOException if that fails
	 */
	void workOff(Path folder, Consumer<String> handler) throws IOException;

}
