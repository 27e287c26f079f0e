package io.pubsub.autoconfigure.consume;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.pubsub.autoconfigure.internal.Actionable;
import io.pubsub.autoconfigure.internal.InputAddress;
import io.pubsub.autoconfigure.internal.UsageException;
import io.pubsub.dispatch.Handler;

import org.springframework.boot.ExitCodeGenerator;

/**
 * Thrown when two daemons of an application would consume the same: each message would go
 * to either of them, and one that it does not know would be lost. The process exits with
 * code 2.
 */
final class SharedSourceException extends RuntimeException implements Actionable, ExitCodeGenerator {

	private final String action;

	private SharedSourceException(String message, String action) {
		super(message);
		this.action = action;
	}

	SharedSourceException(List<Handler> handlers, ManagedDaemon other) {
		this("The pipeline '%s' has no source of its own, and there are handlers, which consume pubsub.source: %s"
			.formatted(other.name(), handlers.stream().map(Handler::name).distinct().collect(Collectors.joining(", "))),
				"Set pubsub.pipelines.%s.source to a queue of the pipeline's own.".formatted(other.name()));
	}

	static void refuse(List<ManagedDaemon> daemons) {
		Map<String, ManagedDaemon> seen = new HashMap<>();
		for (ManagedDaemon daemon : daemons) {
			String source = daemon.source();
			ManagedDaemon before = (source != null) ? seen.putIfAbsent(nameOf(source), daemon) : null;
			if (before != null) {
				throw new SharedSourceException(
						"%s and %s would consume the same, %s (%s and %s): each message would go to one of them only"
							.formatted(before.name(), daemon.name(), source, before.sourceProperty(),
									daemon.sourceProperty()),
						"Give each a queue of its own, subscribed to the same topics: correct %s or %s."
							.formatted(before.sourceProperty(), daemon.sourceProperty()));
			}
		}
	}

	// A queue may be there under its URL, its ARN and its name.
	private static String nameOf(String source) {
		if (!InputAddress.isQueue(source)) {
			return source;
		}
		String[] parts = source.replaceAll("[/:]+$", "").split("[/:]", -1);
		return parts[parts.length - 1];
	}

	@Override
	public String action() {
		return this.action;
	}

	@Override
	public int getExitCode() {
		return UsageException.WRONG_USAGE;
	}

}
