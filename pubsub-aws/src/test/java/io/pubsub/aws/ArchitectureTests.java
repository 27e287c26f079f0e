package io.pubsub.aws;

import java.time.Instant;
import java.util.concurrent.Executor;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import io.micrometer.core.instrument.MeterRegistry;
import io.pubsub.aws.sqs.SqsMetrics;

/**
 * Tests for the architecture of this module.
 */
@AnalyzeClasses(packages = "io.pubsub.aws", importOptions = DoNotIncludeTests.class)
class ArchitectureTests {

	@ArchTest
	final ArchRule knowsOnlyCoreAndTheSdk = ArchRuleDefinition.classes()
		.should()
		.onlyDependOnClassesThat()
		.resideInAnyPackage("java..", "javax.xml.stream..", "io.pubsub..", "software.amazon.awssdk..",
				"com.amazonaws.services.lambda.runtime..", "org.apache.commons.compress.compressors.gzip..",
				"tools.jackson..", "io.micrometer..", "org.slf4j..", "org.jspecify..",
				"com.google.errorprone.annotations..");

	@ArchTest
	final ArchRule knowsNoPropertiesAndNoLocalBroker = ArchRuleDefinition.noClasses()
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("io.pubsub.autoconfigure..", "io.pubsub.local..", "io.pubsub.test..");

	@ArchTest
	final ArchRule needsMicrometerOnlyToShowItsCounts = ArchRuleDefinition.noClasses()
		.that()
		.areNotAssignableTo(SqsMetrics.class)
		.should()
		.dependOnClassesThat()
		.resideInAPackage(MeterRegistry.class.getPackageName());

	@ArchTest
	final ArchRule takesTimeFromTheTimekeeper = ArchRuleDefinition.noClasses()
		.should()
		.callMethod(System.class, "nanoTime")
		.orShould()
		.callMethod(System.class, "currentTimeMillis")
		.orShould()
		.callMethod(Instant.class, "now")
		.orShould()
		.dependOnClassesThat()
		.areAssignableTo(Executor.class);

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
