package io.pubsub.autoconfigure.doctor;

import java.util.List;
import java.util.Locale;

import io.pubsub.aws.doctor.Doctor;
import io.pubsub.aws.doctor.Facts;
import io.pubsub.aws.doctor.Finding;
import io.pubsub.aws.doctor.Place;
import io.pubsub.aws.doctor.Severity;
import org.jspecify.annotations.Nullable;

/**
 * What the doctor has found, for people and for scripts.
 *
 * @param region the region that was asked; {@code null} if the client does not say
 * @param endpoint the endpoint, if it is not that of AWS
 * @param accessKeyId the id of the access key, which is no secret; {@code null} if it is
 * not known
 * @param caller the ARN of the role or user that asked; {@code null} if it is not known
 * @param findings the findings, in the order in which they are worked off
 * @since 0.1.0
 */
public record DoctorReport(@Nullable String region, @Nullable String endpoint, @Nullable String accessKeyId,
		@Nullable String caller, List<Entry> findings) {

	/**
	 * The exit code of a process that could not look.
	 */
	public static final int COULD_NOT_LOOK = 3;

	public DoctorReport {
		findings = List.copyOf(findings);
	}

	static DoctorReport of(Facts facts) {
		Place place = facts.place();
		return new DoctorReport(place.region(), place.endpoint(), place.accessKeyId(), place.caller(),
				Doctor.examine(facts).stream().map(Entry::of).toList());
	}

	/**
	 * The exit code of a process that has only looked.
	 * @return 1 if there is an error; else 3 if something could not be looked at; else 0
	 */
	public int exitCode() {
		if (hasErrors()) {
			return 1;
		}
		return has(Severity.UNKNOWN) ? COULD_NOT_LOOK : 0;
	}

	boolean hasErrors() {
		return has(Severity.ERROR);
	}

	private boolean has(Severity severity) {
		return this.findings.stream().anyMatch((entry) -> entry.severity().equals(Entry.name(severity)));
	}

	/**
	 * The findings as a table, for people.
	 * @return lines, ready to be printed
	 */
	public String table() {
		StringBuilder table = new StringBuilder("Looked at SQS and SNS in %s%s as %s: %s%n".formatted(this.region,
				(this.endpoint != null) ? " at " + this.endpoint : "", who(), summary()));
		for (Entry entry : this.findings) {
			table.append("%n%-8s %-24s %s%n".formatted(entry.severity(), entry.id(), entry.seen()));
			table.append("%-33s %s%n".formatted("", entry.why()));
			entry.mend().lines().forEach((line) -> table.append("%-33s %s%n".formatted("", line)));
		}
		return table.toString();
	}

	private String who() {
		if (this.caller != null) {
			return this.caller;
		}
		return (this.accessKeyId != null) ? this.accessKeyId : "nobody known";
	}

	private String summary() {
		return switch (this.findings.size()) {
			case 0 -> "nothing is wrong";
			case 1 -> "1 finding";
			default -> this.findings.size() + " findings";
		};
	}

	/**
	 * A finding.
	 *
	 * @param id the kind of finding, under which the reference describes it
	 * @param severity error, unknown, warning or note
	 * @param seen the facts
	 * @param why the consequence
	 * @param mend the command that mends it, or what else to do
	 */
	public record Entry(String id, String severity, String seen, String why, String mend) {

		static Entry of(Finding finding) {
			return new Entry(finding.id(), name(finding.severity()), finding.seen(), finding.why(), finding.mend());
		}

		static String name(Severity severity) {
			return severity.name().toLowerCase(Locale.ROOT);
		}

	}

}
