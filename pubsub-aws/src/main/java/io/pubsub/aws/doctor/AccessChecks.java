package io.pubsub.aws.doctor;

import java.time.Duration;
import java.util.stream.Stream;

import io.pubsub.aws.internal.Arn;
import io.pubsub.aws.internal.Shell;
import io.pubsub.aws.topology.Setting;

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
			.map((unseen) -> Finding.error("credentials", "AWS credentials are missing or refused: %s".formatted(unseen
				.detail()), "Nothing can be consumed or published.", "aws sts get-caller-identity"
						+ "    # where the service runs: it must answer with the role that the service is to have"));
	}

	static Stream<Finding> elsewhere(Facts facts) {
		return facts.unseen(Unseen.Kind.ELSEWHERE)
			.map((unseen) -> Finding.error("place",
					"%s is not where the service asks: %s".formatted(unseen.resource(), unseen.detail()),
					"Another queue or topic of the same name would be asked, or none.", moving(facts, unseen)));
	}

	private static String moving(Facts facts, Unseen unseen) {
		Arn address = Arn.of(unseen.resource());
		if (address.region() != null && !address.region().equals(facts.place().region())) {
			return "%s=%s    # in the configuration of the service, if that address is right"
				.formatted(facts.service().settings().name("", Setting.REGION), address.region());
		}
		return facts.shell()
			.sqs("get-queue-url --queue-name %s --query QueueUrl --output text".formatted(Shell.quote(address.name())))
				+ "    # prints the address for the configuration of the service";
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
				"sudo chronyc makestep    # on the machine, also that of a container"));
	}

	static Stream<Finding> denied(Facts facts) {
		return facts.unseen(Unseen.Kind.DENIED)
			.map((unseen) -> Finding.unknown("permission",
					"%s is not allowed on %s".formatted(unseen.action(), unseen.resource()), consequence(unseen),
					Permission.of(unseen, facts.place()).command()));
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
					"curl -sS -o /dev/null -w '%%{http_code} ' %s    # where the service runs: any code is an answer"
						.formatted(Shell.quote(endpoint(unseen, facts.place())))));
	}

	private static String endpoint(Unseen unseen, Place place) {
		boolean topic = unseen.action().startsWith("sns:");
		String own = topic ? place.snsEndpoint() : place.endpoint();
		return (own != null) ? own
				: "https://%s.%s.amazonaws.com".formatted(unseen.action().replaceFirst(":.*", ""), place.region());
	}

}
