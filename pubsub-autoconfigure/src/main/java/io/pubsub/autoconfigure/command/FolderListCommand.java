package io.pubsub.autoconfigure.command;

import java.time.Clock;
import java.util.concurrent.Callable;

import io.pubsub.autoconfigure.folder.Folders;
import io.pubsub.folder.FolderState;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.BeanFactory;

/**
 * Shows how a folder stands.
 */
@Command(name = "list", description = { "Shows what waits, is at work, done or dead.",
		"Tells who is at work since when, and why a file is dead. Changes nothing." })
final class FolderListCommand implements Callable<Integer> {

	private static final int MOST = 20;

	private final BeanFactory beans;

	@Parameters(paramLabel = "FOLDER", description = "the folder: its path, or its address as in pubsub.source")
	private String folder = "";

	@Option(names = "--all", description = "shows all files, not only the first " + MOST + " of each kind")
	private boolean all;

	@Option(names = "--json", description = "prints all as one line of JSON")
	private boolean json;

	@Spec
	private @Nullable CommandSpec spec;

	FolderListCommand(BeanFactory beans) {
		this.beans = beans;
	}

	@Override
	public Integer call() {
		return FolderCommand.run(this.beans, this::list);
	}

	private int list(Folders folders) {
		FolderState state = folders.builder(this.folder).state();
		String text = this.json ? new JsonMapper().writeValueAsString(state)
				: new FolderTable(state, Clock.systemUTC().instant(), this.all ? Integer.MAX_VALUE : MOST)
					.text(folders.path(this.folder));
		Output.of(this.spec).println(text);
		return 0;
	}

}
