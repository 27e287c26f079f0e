package io.pubsub.transport.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Pump}.
 */
class PumpTests {

	private final List<String> events = new ArrayList<>();

	private final AtomicInteger runs = new AtomicInteger();

	private final Pump pump = new Pump(this::work);

	@Test
	void runsOnceMoreForWhoeverComesMeanwhileAndNeverFromWithinItself() {
		this.pump.run();
		assertThat(this.events).containsExactly("begin 1", "end 1", "begin 2", "end 2");
	}

	@Test
	void runsAgainEachTime() {
		this.pump.run();
		this.pump.run();
		assertThat(this.runs).hasValue(3);
	}

	private void work() {
		int run = this.runs.incrementAndGet();
		this.events.add("begin " + run);
		if (run == 1) {
			this.pump.run();
			this.pump.run();
		}
		this.events.add("end " + run);
	}

}
