package io.pubsub.aws.doctor;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.pubsub.aws.internal.Arn;
import io.pubsub.aws.internal.Shell;
import org.jspecify.annotations.Nullable;

/**
 * A permission that is missing, and whom to give it.
 *
 * @param action the IAM action
 * @param resource the ARN of the thing
 * @param principal the ARN of the role or user; {@code null} if it is not known
 */
record Permission(String action, String resource, @Nullable String principal) {

	// AWS tells it in words only.
	private static final Pattern USER = Pattern.compile("User: (arn:\\S+) is not authorized");

	private static final Pattern ROLE = Pattern.compile("arn:[a-z-]+:sts::\\d+:assumed-role/([^/]+)/.*");

	private static final Pattern PERSON = Pattern.compile("arn:[a-z-]+:iam::\\d+:user/(?:.*/)?([^/]+)");

	static Permission of(Unseen unseen, Place place) {
		String address = unseen.resource();
		boolean queue = unseen.action().startsWith("sqs:");
		String resource = queue ? Arn.of(address).or(null, place.region(), null).toString() : address;
		return new Permission(unseen.action(), resource.startsWith("arn:") ? resource : "*",
				(place.caller() != null) ? place.caller() : principal(unseen.detail()));
	}

	private static @Nullable String principal(String detail) {
		Matcher user = USER.matcher(detail);
		return user.find() ? user.group(1) : null;
	}

	/**
	 * The command that gives it.
	 * @return the command
	 */
	String command() {
		String arn = (this.principal != null) ? this.principal : "";
		Matcher role = ROLE.matcher(arn);
		Matcher person = PERSON.matcher(arn);
		String policy = "--policy-name %s --policy-document %s".formatted(this.action
			.replace(':', '-') + "-" + Arn.of(this.resource).name().replaceAll("[^A-Za-z0-9+=,.@_-]", ""), Shell.quote(
					"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"%s\",\"Resource\":\"%s\"}]}"
						.formatted(this.action, this.resource)));
		if (role.matches()) {
			return "aws iam put-role-policy --role-name %s %s".formatted(Shell.quote(role.group(1)), policy);
		}
		return person.matches()
				? "aws iam put-user-policy --user-name %s %s".formatted(Shell.quote(person.group(1)), policy)
				: "aws iam create-policy %s    # and attach it to the role of the service".formatted(policy);
	}

}
