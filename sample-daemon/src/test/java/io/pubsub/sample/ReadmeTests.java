package io.pubsub.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the README and the reference: their code is that of the sample.
 */
class ReadmeTests {

	private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

	private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#]+)");

	@Test
	void showsTheCodeOfTheSample() throws IOException {
		String sources = withoutIndent(sources());
		assertThat(matches(JAVA, Path.of("../README.md"))).hasSize(3)
			.allSatisfy((code) -> assertThat(sources).contains(withoutIndent(code)));
	}

	@ParameterizedTest
	@MethodSource("documents")
	void linksToFilesThatExist(Path document) throws IOException {
		assertThat(matches(LINK, document)).allSatisfy((link) -> assertThat(document.resolveSibling(link)).exists());
	}

	private static List<Path> documents() throws IOException {
		try (Stream<Path> files = Files.list(Path.of("../src/docs"))) {
			return Stream.concat(Stream.of(Path.of("../README.md")), files).toList();
		}
	}

	private static String sources() throws IOException {
		StringBuilder sources = new StringBuilder();
		try (Stream<Path> files = Files.walk(Path.of("src"))) {
			for (Path file : files.filter((path) -> path.toString().endsWith(".java")).toList()) {
				sources.append(Files.readString(file));
			}
		}
		return sources.toString();
	}

	private static List<String> matches(Pattern pattern, Path document) throws IOException {
		return pattern.matcher(Files.readString(document))
			.results()
			.map((MatchResult match) -> match.group(1))
			.toList();
	}

	private static String withoutIndent(String code) {
		return code.replaceAll("(?m)^\\s+", "");
	}

}
