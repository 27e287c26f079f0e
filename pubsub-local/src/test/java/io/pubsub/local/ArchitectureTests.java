package io.pubsub.local;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;

/**
 * The arrows between the packages, and out of the module.
 */
@AnalyzeClasses(packages = "io.pubsub.local", importOptions = DoNotIncludeTests.class)
class ArchitectureTests {

	@ArchTest
	final ArchRule knowsNeitherSpringNorTheOtherModules = ArchRuleDefinition.noClasses()
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("org.springframework..", "io.awspring..", "io.pubsub", "io.pubsub.schema..",
				"io.pubsub.transport..", "io.pubsub.publish..", "io.pubsub.dispatch..", "io.pubsub.aws..");

	@ArchTest
	final ArchRule snsDoesNotKnowWhatSqsItHas = ArchRuleDefinition.noClasses()
		.that()
		.resideInAPackage("io.pubsub.local.internal..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("org.elasticmq..", "org.apache.pekko..", "scala..");

}
