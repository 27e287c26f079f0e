package io.pubsub.pipeline;

import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * A stage as it was defined: what it is called, and what it does with an element that
 * fails.
 *
 * @param name the name of the stage; {@code null} until the pipeline is built, if it is
 * to get one by its kind
 * @param kind the kind of the stage, such as {@code map}
 * @param retry the way in which an element is tried again; {@code null} if it is not
 * @param rejects tells the exceptions with which no element can ever succeed
 * @param calling whether the stage calls a function, which can fail
 */
record StageInfo(@Nullable String name, String kind, @Nullable Retry retry, Predicate<Throwable> rejects,
		boolean calling) {

	StageInfo(String kind) {
		this(kind, true);
	}

	StageInfo(String kind, boolean calling) {
		this(null, kind, null, (thrown) -> false, calling);
	}

	StageInfo withName(String name) {
		return new StageInfo(name, this.kind, this.retry, this.rejects, this.calling);
	}

	StageInfo withKind(String kind) {
		return new StageInfo(this.name, kind, this.retry, this.rejects, this.calling);
	}

	StageInfo withRetry(Retry retry) {
		return new StageInfo(this.name, this.kind, retry, this.rejects, this.calling);
	}

	StageInfo withRejects(Predicate<Throwable> rejects) {
		return new StageInfo(this.name, this.kind, this.retry, rejects, this.calling);
	}

	/**
	 * The name, which every stage of a pipeline has.
	 * @return the name, or the kind if the pipeline was not built
	 */
	String label() {
		return (this.name != null) ? this.name : this.kind;
	}

}
