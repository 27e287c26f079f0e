package io.pubsub.autoconfigure.command;

import java.io.Console;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;

import io.pubsub.autoconfigure.folder.Folders;
import io.pubsub.folder.FolderQueue;
import io.pubsub.internal.Terminal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import org.springframework.beans.factory.BeanFactory;

/**
 * Empties a folder.
 */
@Command(name = "purge", description = { "Deletes all files in the folder, for good.",
		"Those that are done or dead too, if they are in it. Nothing outside of it." })
final class FolderPurgeCommand implements Callable<Integer> {

	private final BeanFactory beans;

	private final UnaryOperator<@Nullable String> ask;

	@Parameters(paramLabel = "FOLDER", description = "the folder: its path, or its address as in pubsub.source")
	private String folder = "";

	@Option(names = "--yes", description = "does not ask")
	private boolean sure;

	@Spec
	private @Nullable CommandSpec spec;

	FolderPurgeCommand(BeanFactory beans) {
		this(beans, FolderPurgeCommand::ask);
	}

	/**
	 * Makes a command.
	 * @param beans the beans of the application
	 * @param ask asks a question, and gives the answer; {@code null} if nobody is there
	 */
	FolderPurgeCommand(BeanFactory beans, UnaryOperator<@Nullable String> ask) {
		this.beans = beans;
		this.ask = ask;
	}

	private static @Nullable String ask(@Nullable String question) {
		Console console = Terminal.console();
		return (console != null) ? console.readLine("%s", question) : null;
	}

	@Override
	public Integer call() {
		return FolderCommand.run(this.beans, this::purge);
	}

	private int purge(Folders folders) {
		Path path = folders.path(this.folder);
		String state = new FolderTable(folders.builder(this.folder).state(), Clock.systemUTC().instant(), 0).summary();
		if (!FolderQueue.isUsed(path)) {
			throw new FolderCommandException(
					path + " was never used as a queue, so that nothing in it is deleted: correct the path");
		}
		String name = String.valueOf(path.getFileName());
		if (!this.sure) {
			confirm(name,
					"This deletes for good all files in %s (%s).%nType %s to confirm: ".formatted(path, state, name));
		}
		try (FolderQueue queue = folders.builder(this.folder).build()) {
			int count = queue.purge(name);
			Output.of(this.spec).println((count == 1) ? "1 file is deleted" : count + " files are deleted");
		}
		return 0;
	}

	private void confirm(String name, String question) {
		String answer = this.ask.apply(question);
		if (answer == null) {
			throw new FolderCommandException(
					"nobody is there to confirm it, so that nothing is deleted: --yes does it");
		}
		if (!answer.strip().equals(name)) {
			throw new FolderCommandException("that is not its name, so that nothing is deleted");
		}
	}

}
