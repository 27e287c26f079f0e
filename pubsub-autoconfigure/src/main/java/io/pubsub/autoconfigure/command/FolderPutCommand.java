package io.pubsub.autoconfigure.command;

import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import io.pubsub.autoconfigure.folder.Folders;
import io.pubsub.folder.FolderQueue;
import io.pubsub.internal.LogText;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import org.springframework.beans.factory.BeanFactory;

/**
 * Puts files into a folder.
 */
@Command(name = "put", description = { "Moves files into the folder.",
		"Nobody sees a part of a file there. A file that cannot be put holds up no other." })
final class FolderPutCommand implements Callable<Integer> {

	private final BeanFactory beans;

	@Parameters(index = "0", paramLabel = "FOLDER",
			description = "the folder: its path, or its address as in pubsub.source")
	private String folder = "";

	@Parameters(index = "1..*", arity = "1..*", paramLabel = "FILE", description = "the files")
	private List<Path> files = new ArrayList<>();

	@Option(names = "--copy", description = "copies the files, so that the originals stay")
	private boolean copy;

	@Spec
	private @Nullable CommandSpec spec;

	FolderPutCommand(BeanFactory beans) {
		this.beans = beans;
	}

	@Override
	public Integer call() {
		return FolderCommand.run(this.beans, this::put);
	}

	private int put(Folders folders) {
		int failed = 0;
		try (FolderQueue queue = folders.builder(this.folder).build()) {
			for (Path file : this.files) {
				failed += isPut(queue, file) ? 0 : 1;
			}
		}
		return (failed > 0) ? Commands.FAILURE : 0;
	}

	private boolean isPut(FolderQueue queue, Path file) {
		try {
			Path target = this.copy ? queue.putCopy(file) : queue.put(file);
			Output.of(this.spec).println(LogText.of(target));
			return true;
		}
		catch (UncheckedIOException ex) {
			Output.commandLine(this.spec).getErr().println(LogText.of(file) + " is not put: " + reason(ex));
		}
		catch (IllegalArgumentException ex) {
			Output.commandLine(this.spec).getErr().println(LogText.of(file) + " is not put: " + ex.getMessage());
		}
		return false;
	}

	private static String reason(UncheckedIOException failure) {
		if (failure.getCause() instanceof FileAlreadyExistsException) {
			return "the folder has a file of its name: rename one of them, or put this when that is done";
		}
		return (failure.getCause() instanceof NoSuchFileException) ? "there is no such file"
				: LogText.of(failure.getCause());
	}

}
