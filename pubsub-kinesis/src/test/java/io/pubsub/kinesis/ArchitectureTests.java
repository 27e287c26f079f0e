package io.pubsub.kinesis;

import java.time.Instant;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

/**
 * Tests for the architecture of this module.
 */
@AnalyzeClasses(packages = "io.pubsub.kinesis", importOptions = DoNotIncludeTests.class)
class ArchitectureTests {

	@ArchTest
	final ArchRule knowsOnlyCoreAndAws = ArchRuleDefinition.classes()
		.should()
		.onlyDependOnClassesThat()
		.resideInAnyPackage("java..", "io.pubsub..", "software.amazon.awssdk..", "software.amazon.kinesis..",
				"io.micrometer..", "org.slf4j..", "org.jspecify..", "com.google.errorprone.annotations..");

	@ArchTest
	final ArchRule knowsNoProperties = ArchRuleDefinition.noClasses()
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("io.pubsub.autoconfigure..", "io.pubsub.test..");

	@ArchTest
	final ArchRule hasNoCycles = SlicesRuleDefinition.slices()
		.matching("io.pubsub.kinesis.(*)..")
		.should()
		.beFreeOfCycles();

	@ArchTest
	final ArchRule takesTimeFromTheTimekeeper = ArchRuleDefinition.noClasses()
		.should()
		.callMethod(System.class, "nanoTime")
		.orShould()
		.callMethod(System.class, "currentTimeMillis")
		.orShould()
		.callMethod(Instant.class, "now");

	@ArchTest
	final ArchRule publicClassesAreFinal = ArchRuleDefinition.classes()
		.that()
		.areTopLevelClasses()
		.and()
		.arePublic()
		.and()
		.areNotInterfaces()
		.and()
		.areNotAssignableTo(Exception.class)
		.should()
		.haveModifier(JavaModifier.FINAL);

}
