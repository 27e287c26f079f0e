package io.pubsub.autoconfigure.command;

import io.pubsub.autoconfigure.folder.Folders;
import io.pubsub.folder.UnusableFolderException;
import picocli.CommandLine.Command;

import org.springframework.beans.factory.BeanFactory;

/**
 * Looks into the queue of a folder, or works on it.
 */
@Command(name = Commands.FOLDER, description = "Shows a folder that is a queue, puts files into it, or clears it up.",
		footerHeading = "%nExamples:%n",
		footer = { "  java -jar service.jar folder list in", "  java -jar service.jar folder put in orders.tsv",
				"  java -jar service.jar folder list in?extension=.tsv",
				"%nThe folder of pubsub.source has the options of the service." })
final class FolderCommand {

	/**
	 * Does something with the folders of the application.
	 * @param beans the beans of the application
	 * @param action the action
	 * @return the exit code
	 * @throws FolderCommandException if there is no such folder, or nothing may be
	 * written there
	 */
	static int run(BeanFactory beans, Action action) {
		try {
			return action.run(beans.getBean(Folders.class));
		}
		catch (UnusableFolderException ex) {
			throw new FolderCommandException(ex.getMessage() + (ex.isMissing()
					? ": correct the path, or create it with mkdir -p" : ": let the user of this process write there"));
		}
	}

	@Override
	public String toString() {
		return Commands.FOLDER;
	}

	/**
	 * An action on folders.
	 */
	@FunctionalInterface
	interface Action {

		/**
		 * Does it.
		 * @param folders the folders
		 * @return the exit code
		 */
		int run(Folders folders);

	}

}
