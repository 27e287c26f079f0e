package io.pubsub.local.internal.sns;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

import com.google.errorprone.annotations.concurrent.GuardedBy;

/**
 * The tags of a topic. Safe for use by several threads.
 */
final class Tags {

	private static final int MOST = 50;

	private static final int LONGEST_KEY = 128;

	private static final int LONGEST_VALUE = 256;

	@GuardedBy("this")
	private final Map<String, String> values = new LinkedHashMap<>();

	synchronized void put(Map<String, String> tags) {
		tags.forEach(Tags::check);
		Map<String, String> all = new LinkedHashMap<>(this.values);
		all.putAll(tags);
		if (all.size() > MOST) {
			throw SnsException.badRequest("TagLimitExceeded",
					"Could not complete request: tag quota of per resource exceeded");
		}
		this.values.putAll(tags);
	}

	private static void check(String key, String value) {
		if (key.length() > LONGEST_KEY || value.length() > LONGEST_VALUE) {
			throw SnsException.invalidParameter("Tags Reason: a key has up to %d characters, and a value up to %d"
				.formatted(LONGEST_KEY, LONGEST_VALUE));
		}
	}

	synchronized void remove(Collection<String> keys) {
		keys.forEach(this.values::remove);
	}

	synchronized Map<String, String> all() {
		return new LinkedHashMap<>(this.values);
	}

}
