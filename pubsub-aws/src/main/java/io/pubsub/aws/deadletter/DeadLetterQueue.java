package io.pubsub.aws.deadletter;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.pubsub.aws.sqs.QueueClient;
import io.pubsub.time.Timekeeper;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * A queue for dead letters, filled by a daemon or by the redrive policy of another queue.
 * <p>
 * SQS shows a message only to those who receive it. So whatever looks at letters raises
 * their receive counts, hides them from others until the look ends, and keeps the groups
 * of a FIFO queue waiting meanwhile. What stays in the queue is visible again at the end,
 * or a minute later if this process is killed.
 * <p>
 * A letter is deleted when it was replayed and SQS has confirmed that, so none is lost
 * whatever happens; one whose deletion fails is replayed twice. An instance is for one
 * look or one piece of work at a time; {@link #stop()} may be called by any thread.
 *
 * @since 0.1.0
 */
public final class DeadLetterQueue {

	private static final Pattern TARGET = Pattern.compile("\"deadLetterTargetArn\"\\s*:\\s*\"([^\"]+)\"");

	// A queue that has more answers at once.
	private static final Duration LOOK = Duration.ofSeconds(1);

	private final SqsAsyncClient client;

	private final QueueClient queue;

	private final LetterReader reader;

	private final UnaryOperator<String> addresses;

	private final Timekeeper time;

	private final Pause pause;

	/**
	 * Makes a workbench for a queue.
	 * @param client the client of SQS, which stays the caller's
	 * @param queue the URL, ARN or name of the queue
	 * @param judge says which letters would be handled now
	 * @param addresses turns the address of a queue that a letter names into one for the
	 * client
	 * @param time the time
	 * @throws IllegalArgumentException if the queue is no address of one, or is in
	 * another region than the one that the client asks
	 */
	public DeadLetterQueue(SqsAsyncClient client, String queue, Judge judge, UnaryOperator<String> addresses,
			Timekeeper time) {
		this.client = client;
		this.queue = new QueueClient(client, queue);
		this.reader = new LetterReader(judge);
		this.addresses = addresses;
		this.time = time;
		this.pause = new Pause(time);
	}

	/**
	 * Whether the letters of a group are in order, and wait for one another.
	 * @return {@code true} for a FIFO queue
	 */
	public boolean isFifo() {
		return this.queue.isFifo();
	}

	/**
	 * The state of the queue, without a look at its letters.
	 * @return the state
	 * @throws RuntimeException if the queue is missing or may not be asked; the text
	 * names the permission
	 */
	public QueueState state() {
		Map<QueueAttributeName, String> attributes = this.queue
			.call("GetQueueAttributes",
					(client, url) -> client
						.getQueueAttributes((request) -> request.queueUrl(url).attributeNames(QueueAttributeName.ALL)))
			.attributes();
		Matcher target = TARGET.matcher(attributes.getOrDefault(QueueAttributeName.REDRIVE_POLICY, ""));
		return new QueueState(attributes.getOrDefault(QueueAttributeName.QUEUE_ARN, ""),
				number(attributes, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES),
				number(attributes, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE),
				target.find() ? target.group(1) : null);
	}

	private static long number(Map<QueueAttributeName, String> attributes, QueueAttributeName name) {
		return Long.parseLong(attributes.getOrDefault(name, "0"));
	}

	/**
	 * Looks at letters.
	 * @param selection the letters that are meant
	 * @param max the most letters that are received
	 * @return those of them that are meant
	 * @throws RuntimeException as {@link #state()}
	 */
	public Listing list(Selection selection, int max) {
		QueueState state = state();
		List<Letter> letters = new ArrayList<>();
		Sweep sweep = look((held) -> {
			if (selection.matches(held.letter(), this.time.now())) {
				letters.add(held.letter());
			}
			return false;
		}, max, state.visible());
		return new Listing(this.queue.toString(), letters, sweep.count(), state.visible(), state.hidden(),
				sweep.fault());
	}

	/**
	 * Looks for one letter.
	 * @param id the id that it has in this queue
	 * @param max the most letters that are received
	 * @return the letter, with its content
	 * @throws NoSuchLetterException if it is not among them
	 * @throws RuntimeException as {@link #state()}
	 */
	public LetterContent show(String id, int max) {
		QueueState state = state();
		List<Held> found = new ArrayList<>();
		Sweep sweep = look((held) -> held.id().equals(id) && found.add(held), max, state.visible());
		if (found.isEmpty()) {
			throw new NoSuchLetterException(id, this.queue.toString(), sweep.count(), state);
		}
		Held held = found.get(0);
		Map<String, String> attributes = new HashMap<>();
		held.message()
			.messageAttributes()
			.forEach((name, value) -> attributes.put(name, String.valueOf(LetterReader.text(value))));
		return new LetterContent(held.letter(), held.message().body(), attributes);
	}

	private Sweep look(Predicate<Held> last, int max, long about) {
		Sweep sweep = new Sweep(this.queue, this.reader, LOOK);
		try (sweep) {
			boolean goOn = true;
			while (goOn && !this.pause.isStopped() && sweep.count() < max) {
				List<Held> letters = sweep.next(max - sweep.count());
				goOn = !letters.isEmpty() && letters.stream().noneMatch(last)
						&& (letters.size() == Sweep.BATCH || sweep.count() < about);
			}
		}
		return sweep;
	}

	/**
	 * Replays letters: each becomes again the message that it was, marked with the number
	 * of its replays, in the queue that it came from and nowhere else. It stops when
	 * letters come back, when ten have failed, or when nothing can be sent or deleted.
	 * @param selection the letters that are meant
	 * @param options says how
	 * @param progress hears of each letter
	 * @return the report
	 * @throws RuntimeException as {@link #state()}, before anything was replayed
	 */
	public Report replay(Selection selection, ReplayOptions options, Consumer<Report> progress) {
		Origins origins = new Origins(this.client, this.queue, this.addresses, options.to());
		return work(new Replay(chosenBy(selection), options, origins, this.pause, isFifo()), options.max(),
				options.watch(), progress);
	}

	/**
	 * Deletes letters for good.
	 * @param selection the letters that are meant
	 * @param max the most letters
	 * @param progress hears of each letter
	 * @return the report
	 * @throws RuntimeException as {@link #state()}, before anything was deleted
	 */
	public Report discard(Selection selection, int max, Consumer<Report> progress) {
		return work(new Discard(chosenBy(selection)), max, LOOK, progress);
	}

	/**
	 * Writes letters down, with their content, and leaves them in the queue.
	 * @param selection the letters that are meant
	 * @param max the most letters
	 * @param lines takes each letter as a line of JSON, without its end
	 * @param progress hears of each letter
	 * @return the report
	 * @throws RuntimeException as {@link #state()}, before anything was written, or as
	 * {@code lines} throws it
	 */
	public Report export(Selection selection, int max, Consumer<String> lines, Consumer<Report> progress) {
		return work(new Export(chosenBy(selection), lines), max, LOOK, progress);
	}

	private Predicate<Held> chosenBy(Selection selection) {
		return (held) -> selection.matches(held.letter(), this.time.now());
	}

	// The first letter alone shows whether all is permitted that it takes. In a FIFO
	// queue
	// the others of its group would wait for it.
	private Report work(Worker worker, int max, Duration wait, Consumer<Report> progress) {
		Tally tally = new Tally(state().visible(), progress);
		Sweep sweep = new Sweep(this.queue, this.reader, wait);
		try (sweep) {
			while (!tally.hasStopped() && tally.count() < max) {
				List<Held> letters = sweep.next((sweep.count() > 0 || isFifo()) ? max - tally.count() : 1);
				if (letters.isEmpty()) {
					break;
				}
				worker.work(letters, sweep, tally);
				if (this.pause.isStopped()) {
					tally.stop("it was told to stop");
				}
			}
		}
		catch (RuntimeException ex) {
			if (tally.count() == 0) {
				throw ex;
			}
			tally.stop(Tally.textOf(ex));
		}
		return tally.report(sweep.count(), sweep.fault());
	}

	/**
	 * Puts letters back that were written down, each as a new message of this queue. It
	 * stops at the first that cannot be sent.
	 * @param lines the lines; empty ones do not count
	 * @param progress hears of each letter
	 * @return the report; a failure has the number of the line, from 1
	 * @throws RuntimeException as {@link #state()}
	 */
	public Report restore(Iterator<String> lines, Consumer<Report> progress) {
		Tally tally = new Tally(state().visible(), progress);
		for (int number = 1; lines.hasNext() && !tally.hasStopped(); number++) {
			String line = lines.next();
			if (this.pause.isStopped()) {
				tally.stop("it was told to stop before line " + number);
			}
			else if (!line.isBlank()) {
				restore(number, line, tally);
			}
		}
		return tally.report(0, null);
	}

	private void restore(int number, String line, Tally tally) {
		try {
			this.queue.call("SendMessage",
					(client, url) -> client.sendMessage(LetterLine.read(line, isFifo()).queueUrl(url).build()));
			tally.done();
		}
		catch (RuntimeException ex) {
			tally.failed(String.valueOf(number), ex);
			tally.stop("line " + number + " cannot be sent");
		}
	}

	/**
	 * Lets SQS move all letters back, each to the queue whose redrive policy has brought
	 * it here. SQS goes on by itself; letters that a daemon has sent here have no such
	 * queue, and it fails at the first of these. What is moved keeps its content and is
	 * not marked.
	 * @param perSecond the most letters in a second, up to 500; {@code null} leaves it to
	 * SQS
	 * @return the handle of the task
	 * @throws RuntimeException as {@link #state()}, or if SQS refuses
	 */
	public String moveAll(@Nullable Integer perSecond) {
		String arn = state().arn();
		return this.queue
			.call("StartMessageMoveTask",
					(client, url) -> client.startMessageMoveTask(
							(request) -> request.sourceArn(arn).maxNumberOfMessagesPerSecond(perSecond)))
			.taskHandle();
	}

	/**
	 * Ends what is under way after the letters that it is at.
	 */
	public void stop() {
		this.pause.stop();
	}

	/**
	 * The letters that were written down in lines.
	 * @param lines the lines
	 * @return the selection of those that are still in the queue
	 * @throws IllegalArgumentException if one of them is no letter, or there is none
	 */
	public static Selection in(List<String> lines) {
		Set<String> ids = lines.stream()
			.filter((line) -> !line.isBlank())
			.map(LetterLine::id)
			.collect(Collectors.toSet());
		if (ids.isEmpty()) {
			throw new IllegalArgumentException("there is no letter in it");
		}
		return Selection.of(ids);
	}

	/**
	 * The address of the queue.
	 */
	@Override
	public String toString() {
		return this.queue.toString();
	}

}
