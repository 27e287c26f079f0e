package io.pubsub.aws.doctor;

/**
 * Something that is wrong, or that could not be looked at. It has no content of any
 * message.
 *
 * @param id the kind of finding, such as {@code queue-missing}, under which the reference
 * describes it
 * @param severity the severity
 * @param seen the facts, with the name of the queue or topic
 * @param why the consequence
 * @param mend the command that mends it, or what else to do
 * @since 0.1.0
 */
public record Finding(String id, Severity severity, String seen, String why, String mend) {

	static Finding error(String id, String seen, String why, String mend) {
		return new Finding(id, Severity.ERROR, seen, why, mend);
	}

	static Finding unknown(String id, String seen, String why, String mend) {
		return new Finding(id, Severity.UNKNOWN, seen, why, mend);
	}

	static Finding warning(String id, String seen, String why, String mend) {
		return new Finding(id, Severity.WARNING, seen, why, mend);
	}

	static Finding note(String id, String seen, String why, String mend) {
		return new Finding(id, Severity.NOTE, seen, why, mend);
	}

}
