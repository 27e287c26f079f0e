package io.pubsub.sample.pipeline.etl;

import java.nio.file.Path;
import java.util.concurrent.CompletionException;

import io.pubsub.autoconfigure.pipeline.Pipelines;
import io.pubsub.sample.pipeline.demo.Show;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.ExitCodeGenerator;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.stereotype.Component;

/**
 * Waits for the end of the folder, if it is worked off once, and then reports.
 */
@Component
class WorkOff implements ApplicationRunner, ExitCodeGenerator {

	private static final Logger logger = LoggerFactory.getLogger(WorkOff.class);

	private final Path folder;

	private final LoadReport report;

	private final Pipelines pipelines;

	private final ConfigurableApplicationContext context;

	private boolean successful;

	WorkOff(@Value("${folder}") Path folder, LoadReport report, Pipelines pipelines,
			ConfigurableApplicationContext context) {
		this.folder = folder;
		this.report = report;
		this.pipelines = pipelines;
		this.context = context;
	}

	@Override
	public void run(ApplicationArguments args) throws InterruptedException {
		if (!args.containsOption("once")) {
			logger.info("Loading what comes into {} until Ctrl+C", this.folder);
			return;
		}
		Show show = () -> {
			boolean workedOff = workOff();
			this.successful = report(args.containsOption("demo")) && workedOff;
		};
		show.performIn(this.context);
	}

	private boolean workOff() {
		try {
			this.pipelines.get("etl").managed().daemon().exhausted().toCompletableFuture().join();
			return true;
		}
		catch (CompletionException ex) {
			logger.error("The folder could not be worked off", ex.getCause());
			return false;
		}
	}

	private boolean report(boolean demonstration) {
		this.report.show();
		return demonstration ? this.report.showWhole() : this.report.isEverythingLoaded();
	}

	@Override
	public int getExitCode() {
		return this.successful ? 0 : 1;
	}

}
