package io.pubsub.console;

import java.time.Instant;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * Tests for the architecture of this module.
 */
@AnalyzeClasses(packages = "io.pubsub.console", importOptions = DoNotIncludeTests.class)
class ArchitectureTests {

	@ArchTest
	final ArchRule onlyTheAutoConfigurationIsPublic = ArchRuleDefinition.classes()
		.that()
		.areTopLevelClasses()
		.and()
		.areNotAnnotatedWith(AutoConfiguration.class)
		.should()
		.notBePublic();

	@ArchTest
	final ArchRule autoConfigurationsAreFinal = ArchRuleDefinition.classes()
		.that()
		.areAnnotatedWith(AutoConfiguration.class)
		.should()
		.haveModifier(JavaModifier.FINAL);

	@ArchTest
	final ArchRule beanMethodsArePackagePrivate = ArchRuleDefinition.methods()
		.that()
		.areAnnotatedWith(Bean.class)
		.should()
		.bePackagePrivate();

	@ArchTest
	final ArchRule theRestKnowsNoWebServer = ArchRuleDefinition.noClasses()
		.that()
		.haveNameNotMatching(".*\\.(Servlet|Reactive).*")
		.and()
		.areNotAnnotatedWith(AutoConfiguration.class)
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("jakarta.servlet..", "reactor..", "org.springframework.security..",
				"org.springframework.web.server..");

	@ArchTest
	final ArchRule takesTimeFromTheTimekeeper = ArchRuleDefinition.noClasses()
		.should()
		.callMethod(System.class, "nanoTime")
		.orShould()
		.callMethod(System.class, "currentTimeMillis")
		.orShould()
		.callMethod(Instant.class, "now");

}
