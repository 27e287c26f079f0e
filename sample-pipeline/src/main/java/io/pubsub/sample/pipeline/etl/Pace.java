package io.pubsub.sample.pipeline.etl;

import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Slows the loading down, so that there is time to look, and to kill it.
 */
@Component
class Pace {

	private static final Logger logger = LoggerFactory.getLogger(Pace.class);

	private final long delayMillis;

	Pace(@Value("${delay:0}") long delayMillis) {
		this.delayMillis = delayMillis;
	}

	/**
	 * Some orders of a file are in the transaction.
	 * @param file the name of the file
	 * @param orders the number of them
	 * @throws InterruptedException if the thread is interrupted
	 */
	void reached(String file, int orders) throws InterruptedException {
		if (this.delayMillis > 0) {
			logger.info("{}: {} orders so far", file, orders);
			TimeUnit.MILLISECONDS.sleep(this.delayMillis);
		}
	}

}
