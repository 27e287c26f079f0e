package io.pubsub.aws.doctor;

import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

import software.amazon.awssdk.core.SdkResponse;

/**
 * The questions of one reading, and what has become of those that found no answer. Safe
 * for use by many threads.
 */
final class Questions {

	/** The end of what asks nothing. */
	static final CompletableFuture<Boolean> DONE = CompletableFuture.completedFuture(true);

	private final Consumer<SdkResponse> answers;

	private final Queue<Unseen> unseen = new ConcurrentLinkedQueue<>();

	private final Set<Question> open = ConcurrentHashMap.newKeySet();

	/**
	 * Makes a list without questions.
	 * @param answers the reader of what every answer tells
	 */
	Questions(Consumer<SdkResponse> answers) {
		this.answers = answers;
	}

	/**
	 * Asks.
	 * @param <T> the type of the answer
	 * @param action the IAM action
	 * @param resource the thing that is asked for
	 * @param call the request
	 * @param next the questions that follow from the answer
	 * @return the end of all of them, which is never a failure
	 */
	<T> CompletableFuture<Boolean> ask(String action, String resource, Supplier<CompletableFuture<T>> call,
			Function<T, CompletableFuture<Boolean>> next) {
		Question question = new Question(action, resource);
		this.open.add(question);
		return attempt(call).thenCompose((response) -> {
			if (response instanceof SdkResponse answer) {
				this.answers.accept(answer);
			}
			this.open.remove(question);
			return next.apply(response);
		}).exceptionally((failure) -> {
			this.open.remove(question);
			this.unseen.add(Unseen.of(action, resource, failure));
			return true;
		});
	}

	/**
	 * Makes a request that cannot succeed: only whether it is denied counts.
	 * @param <T> the type of the answer
	 * @param action the IAM action
	 * @param resource the thing that is asked for
	 * @param call the request
	 * @return the end, which is never a failure
	 */
	<T> CompletableFuture<Boolean> tryOut(String action, String resource, Supplier<CompletableFuture<T>> call) {
		Question question = new Question(action, resource);
		this.open.add(question);
		return attempt(call).thenApply((response) -> true).exceptionally((failure) -> {
			Unseen why = Unseen.of(action, resource, failure);
			if (why.kind() == Unseen.Kind.DENIED) {
				this.unseen.add(why);
			}
			return true;
		}).whenComplete((end, failure) -> this.open.remove(question));
	}

	/**
	 * Asks for something that need not be known: of what fails, only credentials count.
	 * @param <T> the type of the answer
	 * @param action the IAM action
	 * @param resource the thing that is asked for
	 * @param call the request
	 * @param answer the taker of the answer
	 * @return the end, which is never a failure
	 */
	<T> CompletableFuture<Boolean> wonder(String action, String resource, Supplier<CompletableFuture<T>> call,
			Consumer<T> answer) {
		return attempt(call).thenAccept(answer).thenApply((end) -> true).exceptionally((failure) -> {
			Unseen why = Unseen.of(action, resource, failure);
			if (why.kind() == Unseen.Kind.CREDENTIALS) {
				this.unseen.add(why);
			}
			return true;
		});
	}

	private static <T> CompletableFuture<T> attempt(Supplier<CompletableFuture<T>> call) {
		try {
			return call.get();
		}
		catch (RuntimeException ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	static CompletableFuture<Boolean> all(Stream<CompletableFuture<Boolean>> questions) {
		return CompletableFuture.allOf(questions.toArray(CompletableFuture<?>[]::new)).thenApply((end) -> true);
	}

	void refuse(Unseen refused) {
		this.unseen.add(refused);
	}

	void giveUp(String reason) {
		this.open.forEach((question) -> this.unseen
			.add(new Unseen(Unseen.Kind.SILENT, question.action(), question.resource(), reason)));
	}

	List<Unseen> unseen() {
		return List.copyOf(this.unseen);
	}

	/**
	 * A question that is not answered yet.
	 *
	 * @param action the IAM action
	 * @param resource the queue, topic or subscription
	 */
	private record Question(String action, String resource) {

	}

}
