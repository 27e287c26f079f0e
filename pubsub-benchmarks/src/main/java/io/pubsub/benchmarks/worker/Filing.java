package io.pubsub.benchmarks.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.pubsub.benchmarks.client.RequestCounter;
import io.pubsub.benchmarks.folder.FolderUser;
import io.pubsub.benchmarks.measurement.Measurement;
import io.pubsub.benchmarks.process.ChildJvm;
import io.pubsub.benchmarks.process.Parent;
import io.pubsub.benchmarks.process.Signal;
import io.pubsub.benchmarks.scenario.Job;
import io.pubsub.benchmarks.scenario.MessageJson;
import io.pubsub.benchmarks.scenario.Order;

/**
 * Measures a contender that puts messages into a folder and works them off, alone or
 * together with another process that does the same.
 */
public final class Filing {

	private static final Duration GRACE = Duration.ofMinutes(1);

	private static final long PAUSE_MILLIS = 1;

	private final AtomicInteger done = new AtomicInteger();

	private final MessageJson json = new MessageJson();

	private final Stopwatch stopwatch = new Stopwatch(new RequestCounter());

	private final Job job;

	private final Path directory;

	private final FolderUser user;

	private Filing(Job job, Path directory) {
		this.job = job;
		this.directory = directory;
		this.user = FolderUser.of(job.contender(), job.concurrency());
	}

	/**
	 * Be the other process.
	 * @param args the {@link Job#toArgument() job} and the directory
	 * @throws Exception if that fails
	 */
	public static void main(String[] args) throws Exception {
		Parent.endWithParent();
		Filing filing = new Filing(Job.ofArgument(args[0]), Path.of(args[1]));
		filing.warmUp("warm-up-of-the-other");
		Signal.READY.send("");
		while (!Files.exists(filing.directory.resolve("go"))) {
			TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
		}
		filing.putAndWorkOff();
		Signal.RESULT.send(String.valueOf(filing.done));
		Runtime.getRuntime().halt(0);
	}

	static Measurement measure(Job job) throws InterruptedException, IOException {
		Path directory = Files.createTempDirectory("pubsub-benchmark");
		try {
			return new Filing(job, directory).measure();
		}
		finally {
			try (Stream<Path> files = Files.walk(directory)) {
				files.sorted(Comparator.reverseOrder()).forEach((file) -> file.toFile().delete());
			}
		}
	}

	private Measurement measure() throws InterruptedException, IOException {
		Files.createDirectory(this.directory.resolve("in"));
		Signal.READY.send("");
		int others = (this.job.scenario().processes() > 1) ? measureWithAnother() : measureAlone();
		int done = this.job.warmUp() + this.done.get() + others;
		return this.stopwatch.measurement(done, Math.max(done - this.job.total(), 0), this.job.messages(), new long[0]);
	}

	private int measureAlone() throws IOException {
		warmUp("warm-up");
		this.stopwatch.begin();
		putAndWorkOff();
		return 0;
	}

	private int measureWithAnother() throws InterruptedException, IOException {
		try (ChildJvm other = ChildJvm.start(Filing.class, List.of("-Xms512m", "-Xmx512m", "-XX:+UseG1GC"),
				this.job.toArgument(), this.directory.toString())) {
			warmUp("warm-up");
			other.await(Signal.READY, GRACE);
			this.stopwatch.begin();
			Files.createFile(this.directory.resolve("go"));
			putAndWorkOff();
			return Integer.parseInt(other.await(Signal.RESULT, GRACE));
		}
	}

	private void warmUp(String folder) throws IOException {
		Path path = Files.createDirectory(this.directory.resolve(folder));
		this.user.put(path, messages(this.job.warmUp()));
		this.user.workOff(path, this::read);
	}

	// The last message ends the measurement, not the end of the loop, which looks again.
	private void putAndWorkOff() throws IOException {
		Path path = this.directory.resolve("in");
		this.user.put(path, messages(this.job.messages() / this.job.scenario().processes()));
		this.user.workOff(path, (body) -> {
			read(body);
			this.done.incrementAndGet();
			this.stopwatch.lap();
		});
	}

	private List<String> messages(int count) {
		return IntStream.range(0, count)
			.mapToObj((sequence) -> this.json.write(Order.MEDIA_TYPE, Order.now(sequence)))
			.toList();
	}

	private void read(String body) {
		this.json.read(body, Order.class);
	}

}
