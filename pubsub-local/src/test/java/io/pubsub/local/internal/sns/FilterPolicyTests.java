package io.pubsub.local.internal.sns;

import java.util.Map;

import io.pubsub.local.RunningBroker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sns.model.InvalidParameterException;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link FilterPolicy}.
 */
class FilterPolicyTests {

	@RegisterExtension
	static final RunningBroker running = new RunningBroker();

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			["order"]                              | String       | order            | true
			["order"]                              | String       | orders           | false
			["order"]                              | String.Text  | order            | true
			["a","b"]                              | String       | b                | true
			[{"prefix":"ord"}]                     | String       | order            | true
			[{"suffix":"er"}]                      | String       | order            | true
			[{"equals-ignore-case":"ORDER"}]       | String       | order            | true
			[{"anything-but":"order"}]             | String       | order            | false
			[{"anything-but":["a","b"]}]           | String       | c                | true
			[{"anything-but":{"prefix":"ord"}}]    | String       | order            | false
			[{"anything-but":{"suffix":"er"}}]     | String       | order            | false
			[{"anything-but":{"suffix":"er"}}]     | String       | orders           | true
			[{"wildcard":"*r*e*"}]                 | String       | order            | true
			[{"cidr":"10.0.0.0/24"}]               | String       | 10.0.0.7         | true
			[{"exists":true}]                      | String       | x                | true
			[{"exists":false}]                     | String       | x                | false
			[100]                                  | Number       | 100              | true
			[100]                                  | Number       | 100.0            | true
			[100]                                  | Number.int   | 100              | true
			[100]                                  | String       | 100              | false
			["100"]                                | Number       | 100              | false
			[{"numeric":[">",0,"<=",10]}]          | Number       | 10               | true
			[{"numeric":[">",0,"<=",10]}]          | Number       | 10.5             | false
			[{"numeric":["=",3.015e2]}]            | Number       | 301.5            | true
			[{"numeric":["=",1.000001]}]           | Number       | 1.000004         | true
			[{"numeric":["=",1.00001]}]            | Number       | 1.00002          | false
			["b"]                                  | String.Array | ["a","b"]        | true
			["c"]                                  | String.Array | ["a","b"]        | false
			[7]                                    | String.Array | [7,true,null]    | true
			[true]                                 | String.Array | [7,true,null]    | true
			[null]                                 | String.Array | [7,true,null]    | true
			[{"anything-but":["a"]}]               | String.Array | ["a","b"]        | true
			["a"]                                  | String.Array | no array         | false
			""")
	void matchesAnAttribute(String patterns, String type, String value, boolean expected) {
		assertThat(onAttributes("{\"kind\":" + patterns + "}", "x", Map.of("kind", RunningBroker.typed(type, value))))
			.isEqualTo(expected);
	}

	@Test
	void matchesAnAttributeThatIsMissingOnlyIfItMustBe() {
		assertThat(onAttributes("{\"kind\":[\"a\"]}", "x", Map.of())).isFalse();
		assertThat(onAttributes("{\"kind\":[{\"anything-but\":\"a\"}]}", "x", Map.of())).isFalse();
		assertThat(onAttributes("{\"kind\":[{\"exists\":true}]}", "x", Map.of())).isFalse();
		assertThat(onAttributes("{\"kind\":[{\"exists\":false}]}", "x", Map.of())).isTrue();
		assertThat(onAttributes("{\"kind\":[\"a\",{\"exists\":false}]}", "x", Map.of())).isTrue();
	}

	@Test
	void takesABinaryAttributeForMissing() {
		MessageAttributeValue binary = MessageAttributeValue.builder()
			.dataType("Binary")
			.binaryValue(SdkBytes.fromUtf8String("a"))
			.build();
		assertThat(onAttributes("{\"kind\":[{\"exists\":true}]}", "x", Map.of("kind", binary))).isFalse();
	}

	@Test
	void wantsEveryKeyOfThePolicy() {
		String policy = "{\"kind\":[\"a\"],\"app.size\":[1]}";
		Map<String, MessageAttributeValue> both = Map.of("kind", RunningBroker.string("a"), "app.size",
				RunningBroker.typed("Number", "1"));
		assertThat(onAttributes(policy, "x", both)).isTrue();
		assertThat(onAttributes(policy, "x", Map.of("kind", RunningBroker.string("a")))).isFalse();
	}

	@Test
	void wantsOneOfTheAlternatives() {
		String policy = "{\"$or\":[{\"kind\":[\"a\"]},{\"size\":[{\"numeric\":[\">\",5]}]}]}";
		assertThat(onAttributes(policy, "x", Map.of("kind", RunningBroker.string("a")))).isTrue();
		assertThat(onAttributes(policy, "x", Map.of("size", RunningBroker.typed("Number", "6")))).isTrue();
		assertThat(onAttributes(policy, "x", Map.of("kind", RunningBroker.string("b")))).isFalse();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{"kind":["a"]}                         | {"kind":"a"}                         | true
			{"kind":["a"]}                         | {"kind":["b","a"]}                   | true
			{"user":{"address":{"city":["Bern"]}}} | {"user":{"address":{"city":"Bern"}}} | true
			{"user":{"address":{"city":["Bern"]}}} | {"user":{"city":"Bern"}}             | false
			{"items":{"id":[2]}}                   | {"items":[{"id":1},{"id":2}]}        | true
			{"size":[{"numeric":["<",5]}]}         | {"size":4.9}                         | true
			{"done":[true]}                        | {"done":true}                        | true
			{"note":[null]}                        | {"note":null}                        | true
			{"note":[{"exists":false}]}            | {"kind":"a"}                         | true
			{"note":[{"exists":false}]}            | {}                                   | true
			{"note":[{"exists":false}]}            | no JSON                              | false
			{"note":[{"exists":false}]}            | [1]                                  | false
			{"note":[{"exists":false}]}            | {} {}                                | false
			""")
	void matchesTheBody(String policy, String body, boolean expected) {
		assertThat(matches(Map.of("FilterPolicy", policy, "FilterPolicyScope", "MessageBody"), body, Map.of()))
			.isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					{"a":"b"}                                     | FilterPolicy: "a" must be an object or an array
					{"a":[]}                                      | FilterPolicy: Empty arrays are not allowed
					{"a":[{"like":"b"}]}                          | FilterPolicy: Unrecognized match type like
					{"a":[{"prefix":1}]}                          | FilterPolicy: prefix match pattern must be a string
					{"a":[{"numeric":["~",1]}]}                   | FilterPolicy: Unrecognized numeric range operator: ~
					{"a":[["b"]]}                                 | FilterPolicy: Match value must be String, number, true, false, or null
					{"a":[1],"b":[1],"c":[1],"d":[1],"e":[1],"f":[1]} | FilterPolicy: Filter policy can not have more than 5 keys
					{"a":[{"wildcard":"*a*b*c*"}]}                | FilterPolicy: wildcard match pattern can not have more than 3 wildcards
					{"a":{"b":["c"]}}                             | Filter policy scope MessageAttributes does not support nested filter policy
					[1]                                           | FilterPolicy: Filter is not an object
					""")
	void refusesAPolicyThatIsWrong(String policy, String message) {
		assertThatExceptionOfType(InvalidParameterException.class)
			.isThrownBy(() -> running.subscribe(running.topic(), running.queue(), Map.of("FilterPolicy", policy)))
			.withMessageContaining("Invalid parameter: Attributes Reason: " + message);
	}

	@Test
	void refusesAPolicyWithTooManyCombinations() {
		String policy = "{\"a\":[%1$s],\"b\":[%1$s]}".formatted("1,2,3,4,5,6,7,8,9,10,11,12,13");
		assertThatExceptionOfType(InvalidParameterException.class)
			.isThrownBy(() -> running.subscribe(running.topic(), running.queue(), Map.of("FilterPolicy", policy)))
			.withMessageContaining("Filter policy is too complex");
	}

	private static boolean onAttributes(String policy, String body, Map<String, MessageAttributeValue> attributes) {
		return matches(Map.of("FilterPolicy", policy), body, attributes);
	}

	private static boolean matches(Map<String, String> subscription, String body,
			Map<String, MessageAttributeValue> attributes) {
		String topicArn = running.topic();
		String queue = running.queue();
		running.subscribe(topicArn, queue, subscription);
		running.publish(topicArn, body, attributes);
		return !running.receive(queue).isEmpty();
	}

}
