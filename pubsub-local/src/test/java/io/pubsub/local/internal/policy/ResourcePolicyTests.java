package io.pubsub.local.internal.policy;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ResourcePolicy}.
 */
class ResourcePolicyTests {

	private static final String QUEUE = "arn:aws:sqs:us-east-1:000000000000:uploads";

	private static final ServiceCall CALL = new ServiceCall("s3.amazonaws.com", "sqs:SendMessage", QUEUE,
			"arn:aws:s3:::files", "000000000000");

	private static final String S3 = "\"Principal\": {\"Service\": \"s3.amazonaws.com\"}";

	private static final String SEND = "\"Action\": \"sqs:SendMessage\", \"Resource\": \"%s\"".formatted(QUEUE);

	@Test
	void allowsWhatTheTemplateOfTheDocumentationAllows() {
		assertThat(refusal("""
				{"Effect": "Allow", "Principal": {"Service": "s3.amazonaws.com"}, "Action": "sqs:SendMessage",
				"Resource": "%s", "Condition": {"ArnEquals": {"aws:SourceArn": "arn:aws:s3:::files"},
				"StringEquals": {"aws:SourceAccount": "000000000000"}}}""".formatted(QUEUE))).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"Service\": \"s3.amazonaws.com\"}",
			"{\"Service\": [\"sns.amazonaws.com\", \"s3.amazonaws.com\"]}", "\"*\"", "{\"AWS\": \"*\"}",
			"{\"AWS\": [\"arn:aws:iam::000000000000:root\", \"*\"]}" })
	void allowsThePrincipalThatIsNamed(String principal) {
		assertThat(refusal("{\"Effect\": \"Allow\", \"Principal\": %s, %s}".formatted(principal, SEND))).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"Service\": \"sns.amazonaws.com\"}", "{\"AWS\": \"arn:aws:iam::000000000000:root\"}",
			"{\"Service\": \"*\"}", "{}" })
	void refusesAnyOtherPrincipal(String principal) {
		assertThat(refusal("{\"Effect\": \"Allow\", \"Principal\": %s, %s}".formatted(principal, SEND))).isEqualTo(
				"no statement of its policy allows sqs:SendMessage of s3.amazonaws.com for arn:aws:s3:::files on "
						+ QUEUE);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "sqs:SendMessage|" + QUEUE, "SQS:SendMessage|" + QUEUE, "sqs:*|*",
			"sqs:Send*|arn:aws:sqs:*:*:upload?", "*|" + QUEUE })
	void allowsActionsAndResourcesByTheirWildcards(String action, String resource) {
		assertThat(refusal("{\"Effect\": \"Allow\", %s, \"Action\": [\"x\", \"%s\"], \"Resource\": \"%s\"}"
			.formatted(S3, action, resource))).isNull();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "sqs:ReceiveMessage|" + QUEUE, "sqs:SendMessage|" + QUEUE + "2",
			"sqs:SendMessage|arn:aws:sqs:us-east-1:000000000000:upload", "sns:Publish|*" })
	void refusesOtherActionsAndResources(String action, String resource) {
		assertThat(refusal("{\"Effect\": \"Allow\", %s, \"Action\": \"%s\", \"Resource\": \"%s\"}".formatted(S3, action,
				resource)))
			.isNotNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"ArnLike\": {\"aws:SourceArn\": \"arn:aws:s3:*:*:files\"}",
			"\"ArnEquals\": {\"AWS:SourceArn\": \"arn:aws:s3:::fil*\"}",
			"\"ArnLike\": {\"aws:SourceArn\": [\"arn:aws:s3:::other\", \"arn:aws:s3:::files\"]}",
			"\"StringLike\": {\"aws:SourceArn\": \"arn:aws:s3:*\"}",
			"\"StringEquals\": {\"aws:SourceArn\": \"arn:aws:s3:::files\", \"aws:SourceAccount\": \"000000000000\"}",
			"\"StringNotEquals\": {\"aws:SourceAccount\": \"111111111111\"}",
			"\"StringEqualsIfExists\": {\"aws:PrincipalOrgID\": \"o-1\"}",
			"\"Bool\": {\"aws:SecureTransport\": true}" })
	void allowsWhereAllConditionsHold(String condition) {
		assertThat(refusal(allow(condition))).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"ArnLike\": {\"aws:SourceArn\": \"arn:aws:s3:::other\"}",
			"\"ArnLike\": {\"aws:SourceArn\": \"*\"}", "\"ArnEquals\": {\"aws:SourceArn\": \"arn:aws:s3:::files2\"}",
			"\"ArnNotLike\": {\"aws:SourceArn\": \"arn:aws:s3:*:*:files\"}",
			"\"StringEquals\": {\"aws:SourceArn\": \"arn:aws:s3:::files\", \"aws:SourceAccount\": \"111111111111\"}",
			"\"StringEquals\": {\"aws:SourceArn\": \"arn:aws:s3:::*\"}",
			"\"StringEquals\": {\"AWS:SourceOwner\": \"000000000000\"}" })
	void refusesWhereAConditionDoesNotHold(String condition) {
		assertThat(refusal(allow(condition))).startsWith("no statement of its policy allows");
	}

	@Test
	void refusesWhatAnotherStatementDenies() {
		assertThat(refusal(allow("") + """
				, {"Sid": "TheirsOnly", "Effect": "Deny", "Principal": "*", "Action": "sqs:*", "Resource": "*",
				"Condition": {"ArnNotEquals": {"aws:SourceArn": "arn:aws:s3:::other"}}}"""))
			.startsWith("the statement TheirsOnly of its policy denies sqs:SendMessage of s3.amazonaws.com");
	}

	@Test
	void allowsWhatIsDeniedToOthersOnly() {
		assertThat(refusal(allow("") + """
				, {"Effect": "Deny", "Principal": "*", "Action": "sqs:*", "Resource": "*",
				"Condition": {"Bool": {"aws:SecureTransport": "false"}}}""")).isNull();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "\"IpAddress\": {\"aws:SourceIp\": \"10.0.0.0/8\"}|condition operator IpAddress",
					"\"StringEquals\": {\"aws:SourceOrgID\": \"o-1\"}|condition key aws:SourceOrgID" })
	void refusesWhatItDoesNotKnowAndSaysSo(String condition, String named) {
		assertThat(refusal(allow(condition))).isEqualTo("the local broker does not know the %s of its policy", named);
		assertThat(refusal(allow(condition).replace("Allow", "Deny") + ", " + allow("")))
			.contains("does not know the " + named);
		assertThat(refusal(allow(condition) + ", " + allow(""))).isNull();
	}

	@Test
	void refusesByAnElementThatItDoesNotKnow() {
		assertThat(refusal(
				"{\"Effect\": \"Deny\", \"NotPrincipal\": {\"AWS\": \"1\"}, %s}, %s".formatted(SEND, allow(""))))
			.contains("element NotPrincipal");
	}

	@Test
	void refusesEverythingWithoutPolicy() {
		assertThat(ResourcePolicy.of(null).refusal(CALL)).startsWith("no statement of its policy allows");
	}

	@Test
	void getsAStatementThatAllows() {
		String once = ResourcePolicy.of(null).allowing("one", CALL);
		assertThat(ResourcePolicy.of(once).refusal(CALL)).isNull();
		assertThat(ResourcePolicy.of(once).allowing("one", CALL)).isEqualTo(once);
	}

	@Test
	void keepsItsOtherStatements() {
		String policy = "{\"Version\": \"2008-10-17\", \"Id\": \"i\", \"Statement\": %s}".formatted(allow(""));
		assertThat(ResourcePolicy.of(policy).allowing("one", CALL))
			.startsWith("{\"Version\":\"2008-10-17\",\"Id\":\"i\"")
			.contains("\"Sid\":\"Some\"", "\"Sid\":\"one\"");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "x", "[]", "{}", "{\"Statement\": \"x\"}" })
	void isNoPolicyWithoutStatements(String json) {
		assertThat(ResourcePolicy.isPolicy(json)).isFalse();
	}

	private static String allow(String condition) {
		return "{\"Sid\": \"Some\", \"Effect\": \"Allow\", %s, %s, \"Condition\": {%s}}".formatted(S3, SEND, condition);
	}

	private static @Nullable String refusal(String statements) {
		String policy = "{\"Version\": \"2012-10-17\", \"Statement\": [%s]}".formatted(statements);
		assertThat(ResourcePolicy.isPolicy(policy)).isTrue();
		return ResourcePolicy.of(policy).refusal(CALL);
	}

}
