package io.pubsub.local.internal.sns;

import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What SNS asks of the entries of a batch and of their ids.
 */
final class BatchIds {

	private static final int MOST_ENTRIES = 10;

	private static final int LONGEST = 80;

	private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]+");

	private BatchIds() {
	}

	static List<String> check(List<Parameters> entries) {
		if (entries.isEmpty()) {
			throw SnsException.badRequest("EmptyBatchRequest", "The batch request doesn't contain any entries.");
		}
		if (entries.size() > MOST_ENTRIES) {
			throw SnsException.badRequest("TooManyEntriesInBatchRequest",
					"The batch request contains more entries than permissible.");
		}
		List<String> ids = entries.stream().map((entry) -> entry.require("Id")).toList();
		if (new HashSet<>(ids).size() < ids.size()) {
			throw SnsException.badRequest("BatchEntryIdsNotDistinct",
					"Two or more batch entries in the request have the same Id.");
		}
		ids.forEach(BatchIds::check);
		return ids;
	}

	private static void check(String id) {
		if (id.length() > LONGEST) {
			throw SnsException.badRequest("InvalidBatchEntryId",
					"The Id of a batch entry in the batch request is too long: " + id);
		}
		if (!ID.matcher(id).matches()) {
			throw SnsException.badRequest("InvalidBatchEntryId",
					"The Id of a batch entry in the batch request contains an impermissible character: " + id);
		}
	}

}
