package io.pubsub.folder;

import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.Watchable;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Arrivals}.
 */
class ArrivalsTests {

	private final AtomicInteger told = new AtomicInteger();

	private final Arrivals arrivals = new Arrivals((name) -> name.endsWith(".tsv"));

	@BeforeEach
	void listen() {
		this.arrivals.add(this.told::incrementAndGet);
	}

	@Test
	void tellsOfAMessage() {
		happens(new Event(StandardWatchEventKinds.ENTRY_CREATE, Path.of("a.tmp")),
				new Event(StandardWatchEventKinds.ENTRY_CREATE, Path.of("a.tsv")));
		assertThat(this.told).hasValue(1);
	}

	@Test
	void tellsNothingOfWhatIsNoMessage() {
		happens(new Event(StandardWatchEventKinds.ENTRY_CREATE, Path.of("a.tsv.worker-7.0123abcd.wip")));
		assertThat(this.told).hasValue(0);
	}

	@Test
	void tellsThatSoMuchHasHappenedThatNobodyKnowsWhat() {
		happens(new Event(StandardWatchEventKinds.OVERFLOW, null));
		assertThat(this.told).hasValue(1);
	}

	private void happens(Event... events) {
		Key key = new Key(List.of(events));
		this.arrivals.follow(new Watch(key), key);
	}

	private record Event(WatchEvent.Kind<?> type, @Nullable Path name) implements WatchEvent<Object> {

		@Override
		@SuppressWarnings("unchecked")
		public Kind<Object> kind() {
			return (Kind<Object>) this.type;
		}

		@Override
		public int count() {
			return 1;
		}

		@Override
		public @Nullable Object context() {
			return this.name;
		}

	}

	private record Key(List<WatchEvent<?>> pending) implements WatchKey {

		@Override
		public boolean isValid() {
			return true;
		}

		@Override
		public List<WatchEvent<?>> pollEvents() {
			return this.pending;
		}

		@Override
		public boolean reset() {
			return false;
		}

		@Override
		public void cancel() {
		}

		@Override
		public Watchable watchable() {
			return Path.of("in");
		}

	}

	/**
	 * A watch that has something to tell once.
	 */
	private record Watch(WatchKey key) implements WatchService {

		@Override
		public WatchKey poll() {
			return this.key;
		}

		@Override
		public WatchKey poll(long timeout, TimeUnit unit) {
			return this.key;
		}

		@Override
		public WatchKey take() {
			return this.key;
		}

		@Override
		public void close() {
			throw new ClosedWatchServiceException();
		}

	}

}
