package io.pubsub.console;

import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tracks by the name of what they are of. Safe for use by many threads.
 */
final class Tracks {

	// Topics can be made up by a producer at will.
	private static final int MAX = 200;

	private static final String OTHERS = "others";

	private final Map<String, Track> tracks = new ConcurrentHashMap<>();

	private final Clock clock;

	Tracks(Clock clock) {
		this.clock = clock;
	}

	Track get(String name) {
		Track known = this.tracks.get(name);
		if (known != null) {
			return known;
		}
		return this.tracks.computeIfAbsent((this.tracks.size() < MAX) ? name : OTHERS, (key) -> new Track(this.clock));
	}

	Map<String, Track> all() {
		return Map.copyOf(this.tracks);
	}

}
