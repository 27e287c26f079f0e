package io.pubsub.aws.internal;

import io.pubsub.aws.internal.ResourcePolicy.Decision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ResourcePolicy}.
 */
class ResourcePolicyTests {

	private static final String QUEUE = "arn:aws:sqs:eu-west-1:123456789012:orders";

	private static final ServiceCall CALL = ServiceCall.delivery("arn:aws:sns:eu-west-1:123456789012:orders", QUEUE);

	private static final String ALLOWED = statement("Allow", "");

	private static String statement(String effect, String condition) {
		return "{'Effect':'%s','Principal':'*','Action':'sqs:*','Resource':'*'%s}".formatted(effect,
				condition.isEmpty() ? "" : ",'Condition':" + condition);
	}

	private static ResourcePolicy policy(String... statements) {
		return ResourcePolicy.parse("{'Statement':[%s]}".formatted(String.join(",", statements)).replace('\'', '"'));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '#',
			value = { "ALLOWED | {'ArnEquals':{'aws:SourceArn':'arn:aws:sns:eu-west-1:123456789012:orders'}}",
					"ALLOWED | {'ArnLike':{'AWS:sourcearn':['arn:aws:sns:*:*:other','arn:aws:sns:*:*:order?']}}",
					"ALLOWED | {'StringEquals':{'aws:SourceAccount':'123456789012'}}",
					"ALLOWED | {'Bool':{'aws:SecureTransport':'true'}}", "ALLOWED | {'Null':{'aws:SourceVpce':'true'}}",
					"ALLOWED | {'StringEqualsIfExists':{'aws:SourceVpce':'vpce-1'}}",
					"NOT_ALLOWED | {'StringEquals':{'aws:SourceVpce':'vpce-1'}}",
					"NOT_ALLOWED | {'ArnEquals':{'aws:SourceArn':'arn:aws:sns:eu-west-1:123456789012:other'}}",
					"NOT_ALLOWED | {'StringEquals':{'aws:SourceAccount':'210987654321'}}",
					"UNCLEAR | {'DateLessThan':{'aws:CurrentTime':'2030-01-01T00:00:00Z'}}",
					"UNCLEAR | {'StringEquals':{'aws:PrincipalTag/team':'orders'}}" })
	void judgesConditions(Decision decision, String condition) {
		assertThat(policy(statement("Allow", condition)).decide(CALL)).isEqualTo(decision);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '#',
			value = { "ALLOWED | {'Bool':{'aws:SecureTransport':'false'}}",
					"DENIED | {'StringNotEquals':{'aws:SourceVpce':'vpce-1'}}",
					"DENIED | {'StringNotEquals':{'aws:SourceAccount':'210987654321'}}",
					"UNCLEAR | {'NumericLessThan':{'aws:TokenIssueTime':'1'}}" })
	void letsADenialWin(Decision decision, String condition) {
		assertThat(policy(ALLOWED, statement("Deny", condition)).decide(CALL)).isEqualTo(decision);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '#', value = {
			"ALLOWED | {'Effect':'Allow','Principal':{'Service':['sns.amazonaws.com']},'Action':'SQS:SendMessage','Resource':'arn:aws:sqs:eu-west-1:123456789012:*'}",
			"NOT_ALLOWED | {'Effect':'Allow','Principal':{'Service':'s3.amazonaws.com'},'Action':'*','Resource':'*'}",
			"NOT_ALLOWED | {'Effect':'Allow','Principal':{'AWS':'123456789012'},'Action':'*','Resource':'*'}",
			"NOT_ALLOWED | {'Effect':'Allow','Principal':'*','Action':'sqs:ReceiveMessage','Resource':'*'}",
			"NOT_ALLOWED | {'Effect':'Allow','Principal':'*','Action':'*','Resource':'arn:aws:sqs:eu-west-1:123456789012:other'}",
			"NOT_ALLOWED | {'Effect':'Allow','Principal':'*','NotAction':'sqs:Send*','Resource':'*'}",
			"UNCLEAR | {'Effect':'Allow','NotPrincipal':{'AWS':'*'},'Action':'*','Resource':'*'}" })
	void judgesStatements(Decision decision, String statement) {
		assertThat(policy(statement).decide(CALL)).isEqualTo(decision);
	}

	@Test
	void isNoneIfItCannotBeRead() {
		assertThat(ResourcePolicy.parse("not JSON").decide(CALL)).isEqualTo(Decision.NOT_ALLOWED);
		assertThat(ResourcePolicy.parse(null).isEmpty()).isTrue();
	}

	@Test
	void isChangedSoThatItAllows() {
		ResourcePolicy denying = policy(statement("Deny", "{'StringNotEquals':{'aws:SourceVpce':'vpce-1'}}"));
		assertThat(denying.letting(CALL).decide(CALL)).isEqualTo(Decision.ALLOWED);
		assertThat(denying.letting(CALL).letting(CALL)).isEqualTo(denying.letting(CALL));
		assertThat(denying.letting(CALL).json()).contains("ArnNotEqualsIfExists", "\"Version\":\"2012-10-17\"");
	}

	@Test
	void keepsOthersOutAsBefore() {
		ServiceCall other = ServiceCall.delivery("arn:aws:sns:eu-west-1:123456789012:other", QUEUE);
		assertThat(policy(statement("Deny", "{'StringNotEquals':{'aws:SourceVpce':'vpce-1'}}")).letting(CALL)
			.decide(other)).isEqualTo(Decision.DENIED);
	}

}
