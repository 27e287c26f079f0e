package io.pubsub.folder;

import java.util.List;
import java.util.SortedMap;

/**
 * Files that can be claimed.
 *
 * @param key the key of the group, or the name of the only file
 * @param order the text by which candidates are sorted
 * @param files the files by name, as they were seen
 */
record Candidate(String key, Order order, SortedMap<String, FileVersion> files) {

	List<String> names() {
		return List.copyOf(this.files.keySet());
	}

	/**
	 * The place of a candidate: those without a text come last.
	 *
	 * @param last whether there is no text
	 * @param text the text
	 * @param name the name, for those of the same text
	 */
	record Order(boolean last, String text, String name) implements Comparable<Order> {

		@Override
		public int compareTo(Order other) {
			if (this.last != other.last) {
				return this.last ? 1 : -1;
			}
			int byText = this.text.compareTo(other.text);
			return (byText != 0) ? byText : this.name.compareTo(other.name);
		}

	}

}
