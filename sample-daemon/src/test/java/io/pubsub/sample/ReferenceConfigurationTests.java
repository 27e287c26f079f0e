package io.pubsub.sample;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the annotated configuration in the root of the project.
 */
class ReferenceConfigurationTests {

	private static final Path REFERENCE = Path.of("../application.yml");

	private static final String PIPELINE = "pubsub.pipelines.<name>.";

	private static final Pattern ENTRY = Pattern.compile("(?m)^#(pubsub\\.[^:]+): (.*)$");

	@Test
	void showsEveryPropertyWithItsDefault() throws IOException {
		Map<String, String> entries = entries();
		entries.keySet().removeIf((name) -> name.startsWith(PIPELINE));
		assertThat(entries).containsExactlyInAnyOrderEntriesOf(defaults());
	}

	@Test
	void showsThePropertiesOfAPipelineWithTheDefaultsOfTheConsumer() throws IOException {
		Map<String, String> entries = entries();
		entries.keySet().removeIf((name) -> !name.startsWith(PIPELINE));
		Map<String, String> inherited = new TreeMap<>(entries);
		inherited.replaceAll((name, value) -> inherited(name.substring(PIPELINE.length()), defaults()));
		inherited.put(PIPELINE + "max-in-flight", "100");
		assertThat(entries).containsExactlyInAnyOrderEntriesOf(inherited);
	}

	private static String inherited(String name, Map<String, String> defaults) {
		String ofConsumer = defaults.get("pubsub.consumer." + name);
		return (ofConsumer != null) ? ofConsumer : defaults.getOrDefault("pubsub." + name, "(unknown)");
	}

	private static Map<String, String> entries() throws IOException {
		return ENTRY.matcher(Files.readString(REFERENCE))
			.results()
			.collect(Collectors.toMap((MatchResult entry) -> entry.group(1), (entry) -> entry.group(2),
					(first, second) -> first, TreeMap::new));
	}

	@Test
	void changesNothing() throws IOException {
		assertThat(Files.readAllLines(REFERENCE)).allSatisfy((line) -> assertThat(line).matches("|#.*"));
	}

	private static Map<String, String> defaults() {
		try {
			return readDefaults();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Map<String, String> readDefaults() throws IOException {
		Map<String, String> defaults = new TreeMap<>();
		ClassLoader classLoader = ReferenceConfigurationTests.class.getClassLoader();
		for (URL metadata : Collections.list(classLoader.getResources("META-INF/spring-configuration-metadata.json"))) {
			try (InputStream json = metadata.openStream()) {
				new JsonMapper().readTree(json)
					.path("properties")
					.forEach((property) -> defaults.put(property.get("name").stringValue(),
							text(property.path("defaultValue"))));
			}
		}
		defaults.keySet().removeIf((name) -> !name.startsWith("pubsub.") || name.startsWith("pubsub.pipelines"));
		return defaults;
	}

	private static String text(JsonNode value) {
		if (value.isMissingNode()) {
			return "(none)";
		}
		return value.isArray()
				? value.values().stream().map(JsonNode::stringValue).collect(Collectors.joining(", ", "[", "]"))
				: value.asString();
	}

}
