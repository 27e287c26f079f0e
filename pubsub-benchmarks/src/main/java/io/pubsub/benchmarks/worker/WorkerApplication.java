package io.pubsub.benchmarks.worker;

import java.io.IOException;

import io.pubsub.benchmarks.measurement.Measurement;
import io.pubsub.benchmarks.process.Parent;
import io.pubsub.benchmarks.process.Signal;
import io.pubsub.benchmarks.scenario.Job;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Measures one contender once, and ends.
 */
public final class WorkerApplication {

	private static final Logger logger = LoggerFactory.getLogger(WorkerApplication.class);

	private WorkerApplication() {
	}

	/**
	 * Measure.
	 * @param args the {@link Job#toArgument() job}
	 * @throws InterruptedException if the thread is interrupted
	 */
	public static void main(String[] args) throws InterruptedException {
		Parent.endWithParent();
		try {
			Job job = Job.ofArgument(args[0]);
			if (job.scenario().isShared()) {
				Sharing.run(job);
			}
			Measurement measurement = measure(job);
			Profile.write();
			Signal.RESULT.send(JsonMapper.shared().writeValueAsString(measurement));
		}
		catch (IOException | RuntimeException | Error ex) {
			logger.error("The measurement failed", ex);
			Runtime.getRuntime().halt(1);
		}
		// Everything is told: contenders are not measured by how they stop.
		Runtime.getRuntime().halt(0);
	}

	private static Measurement measure(Job job) throws InterruptedException, IOException {
		if (job.scenario().isInFolder()) {
			return Filing.measure(job);
		}
		if (job.scenario().isInMemory()) {
			return Piping.measure(job);
		}
		if (job.scenario().isInDatabase()) {
			return Tabling.measure(job);
		}
		return job.scenario().publishes() ? Publishing.measure(job) : Consuming.measure(job);
	}

}
