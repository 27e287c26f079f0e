package io.pubsub.console;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * What the page asks to be done.
 *
 * @param action the name of the action
 * @param target the name of the consumer or queue that it is for
 * @param value the number, or the reason, that it is done with
 * @param ids the ids of dead letters
 */
record Order(String action, @Nullable String target, @Nullable String value, List<String> ids) {

	@Override
	public String toString() {
		StringBuilder text = new StringBuilder(this.action);
		Stream.of(this.target, this.value).filter(Objects::nonNull).forEach((part) -> text.append(' ').append(part));
		return this.ids.isEmpty() ? text.toString() : text.append(' ').append(this.ids).toString();
	}

}
