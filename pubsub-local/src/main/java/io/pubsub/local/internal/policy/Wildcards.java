package io.pubsub.local.internal.policy;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Text with {@code *} for any characters, and {@code ?} for one.
 */
final class Wildcards {

	private static final int PARTS_OF_ARN = 6;

	private Wildcards() {
	}

	static boolean match(String pattern, String text) {
		return Pattern.matches(Arrays.stream(pattern.split("(?=[*?])|(?<=[*?])", -1)).map((part) -> switch (part) {
			case "*" -> ".*";
			case "?" -> ".";
			default -> Pattern.quote(part);
		}).collect(Collectors.joining("", "(?s)", "")), text);
	}

	/**
	 * Compares ARNs part by part.
	 * @param pattern an ARN, which may have wildcards in each of its parts
	 * @param arn the ARN
	 * @return whether it is such an ARN
	 */
	static boolean matchArn(String pattern, String arn) {
		String[] patterns = pattern.split(":", PARTS_OF_ARN);
		String[] parts = arn.split(":", PARTS_OF_ARN);
		return patterns.length == parts.length
				&& IntStream.range(0, parts.length).allMatch((index) -> match(patterns[index], parts[index]));
	}

}
