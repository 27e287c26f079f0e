package io.pubsub.aws.doctor;

import java.time.Duration;
import java.util.stream.Stream;

/**
 * Whether anything can be looked at.
 */
final class AccessChecks {

	private static final Duration SKEW = Duration.ofMinutes(1);

	// AWS refuses what was signed earlier or later than that.
	private static final Duration REFUSED_SKEW = Duration.ofMinutes(5);

	private AccessChecks() {
	}

	static Stream<Finding> credentials(Facts facts) {
		return facts.unseen(Unseen.Kind.CREDENTIALS)
			.limit(1)
			.map((unseen) -> Finding.error("credentials",
					"AWS credentials are missing or refused: %s".formatted(unseen.detail()),
					"Nothing can be consumed or published.",
					"aws sts get-caller-identity    # with the environment of the service; then correct its role or"
							+ " AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN"));
	}

	static Stream<Finding> elsewhere(Facts facts) {
		return facts.unseen(Unseen.Kind.ELSEWHERE)
			.map((unseen) -> Finding.error("place",
					"%s is not where the service asks: %s".formatted(unseen.resource(), unseen.detail()),
					"Another queue or topic of the same name would be asked, or none.",
					"Correct the address in the configuration of the service, or its region: AWS_REGION=%s"
						.formatted(region(unseen.resource()))));
	}

	private static String region(String address) {
		String[] parts = address.split("[:.]", -1);
		return (address.startsWith("arn:") && parts.length > 3) ? parts[3] : "<region>";
	}

	static Stream<Finding> clock(Facts facts) {
		Duration skew = facts.place().skew();
		if (skew == null || skew.abs().compareTo(SKEW) <= 0) {
			return Stream.empty();
		}
		Severity severity = (skew.abs().compareTo(REFUSED_SKEW) > 0) ? Severity.ERROR : Severity.WARNING;
		return Stream.of(new Finding("clock-skew", severity,
				"The clock of this machine is %d s %s that of AWS".formatted(skew.abs().toSeconds(),
						skew.isNegative() ? "ahead of" : "behind"),
				"AWS refuses requests that are signed more than 5 minutes off, and ages of messages are wrong.",
				"sudo chronyc makestep    # or let the clock of the machine or container follow NTP otherwise"));
	}

	static Stream<Finding> denied(Facts facts) {
		return facts.unseen(Unseen.Kind.DENIED)
			.map((unseen) -> Finding.unknown("permission",
					"%s is not allowed on %s".formatted(unseen.action(), unseen.resource()), consequence(unseen),
					"Allow it in the policy of the role: {\"Effect\":\"Allow\",\"Action\":\"%s\",\"Resource\":\"%s\"}"
						.formatted(unseen.action(), unseen.resource())));
	}

	private static String consequence(Unseen unseen) {
		return switch (unseen.action()) {
			case "sqs:ReceiveMessage" -> "The service needs it to consume: nothing would be received.";
			case "sqs:DeleteMessage" -> "The service needs it to consume: handled messages would come again.";
			case "sqs:ChangeMessageVisibility" ->
				"The service needs it to hand messages back and to keep them hidden while it works.";
			default -> "What it would show is unknown: it may be fine, or not.";
		};
	}

	static Stream<Finding> silent(Facts facts) {
		return facts.unseen(Unseen.Kind.SILENT)
			.map((unseen) -> Finding.unknown("no-answer",
					"%s on %s has failed: %s".formatted(unseen.action(), unseen.resource(), unseen.detail()),
					"What it would show is unknown: it may be fine, or not.",
					"Check the endpoint, the region and the network, and look again. The service asks the region %s%s."
						.formatted(facts.place().region(),
								(facts.place().endpoint() != null) ? " at " + facts.place().endpoint() : "")));
	}

}
