package io.pubsub.local.internal.s3;

import java.util.List;

/**
 * A page of a list of parts.
 *
 * @param parts the parts
 * @param truncated whether there are more
 */
record PartListing(List<Part> parts, boolean truncated) {

	static PartListing of(List<Part> all, int marker, int limit) {
		List<Part> later = all.stream().filter((part) -> part.number() > marker).toList();
		return new PartListing(later.stream().limit(limit).toList(), later.size() > limit);
	}

	int last(int marker) {
		return this.parts.isEmpty() ? marker : this.parts.get(this.parts.size() - 1).number();
	}

}
