package io.pubsub.aws.doctor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.Arguments;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the reference of the {@link Doctor}: it has a section for each finding, and
 * each finding has a planted fault.
 */
class DoctorReferenceTests {

	private static final Pattern SECTION = Pattern.compile("(?m)^## ([a-z-]+)$");

	private static final Pattern FINDING = Pattern
		.compile("Finding\\s*(?:\\.(?:error|unknown|warning|note))?\\(\\s*\"([a-z-]+)\"");

	@Test
	void hasASectionForEachFinding() throws IOException {
		assertThat(sections()).containsExactlyInAnyOrderElementsOf(findings());
	}

	@Test
	void plantsAFaultForEachFinding() throws IOException {
		Set<String> planted = Stream
			.of(DoctorContract.faultsOfQueues(), DoctorContract.faultsOfTopics(), DoctorContract.faultsOfConsumers(),
					PlantedAnswersTests.credentials(), PlantedAnswersTests.attributes(), PlantedAnswersTests.services())
			.flatMap((faults) -> faults)
			.map(Arguments::get)
			.flatMap((fault) -> Stream.of(String.valueOf(fault[1]).split(" ")))
			.collect(Collectors.toCollection(TreeSet::new));
		planted.addAll(List.of("place", "permission"));
		assertThat(planted).containsExactlyInAnyOrderElementsOf(sections());
	}

	private static Set<String> sections() throws IOException {
		return SECTION.matcher(Files.readString(Path.of("../src/docs/doctor.md")))
			.results()
			.map((section) -> section.group(1))
			.collect(Collectors.toSet());
	}

	private static Set<String> findings() throws IOException {
		try (Stream<Path> sources = Files.list(Path.of("src/main/java/io/pubsub/aws/doctor"))) {
			return sources.flatMap(DoctorReferenceTests::findings).collect(Collectors.toSet());
		}
	}

	private static Stream<String> findings(Path source) {
		try {
			return FINDING.matcher(Files.readString(source))
				.results()
				.map((finding) -> finding.group(1))
				.toList()
				.stream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
