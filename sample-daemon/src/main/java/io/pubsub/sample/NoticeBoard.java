package io.pubsub.sample;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import com.google.errorprone.annotations.concurrent.GuardedBy;

import org.springframework.stereotype.Component;

/**
 * The latest notices. Safe for use by many threads.
 */
@Component
class NoticeBoard {

	private static final int ROOM = 100;

	@GuardedBy("this")
	private final Deque<String> notices = new ArrayDeque<>();

	synchronized void pin(String notice) {
		if (this.notices.size() == ROOM) {
			this.notices.removeFirst();
		}
		this.notices.addLast(notice);
	}

	synchronized List<String> notices() {
		return List.copyOf(this.notices);
	}

}
