package io.pubsub.test;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.conditions.ArchConditions;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import org.jspecify.annotations.NullMarked;

/**
 * Tests for the architecture of this module.
 */
@AnalyzeClasses(packages = "io.pubsub.test", importOptions = DoNotIncludeTests.class)
class ArchitectureTests {

	@ArchTest
	final ArchRule knowsNeitherSpringNorAws = ArchRuleDefinition.noClasses()
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("org.springframework..", "software.amazon..", "io.awspring..");

	@ArchTest
	final ArchRule publicClassesAreFinalUnlessTheyAreContracts = ArchRuleDefinition.classes()
		.that()
		.areTopLevelClasses()
		.and()
		.arePublic()
		.and()
		.areNotInterfaces()
		.and()
		.haveSimpleNameNotEndingWith("Contract")
		.should()
		.haveModifier(JavaModifier.FINAL);

	@ArchTest
	final ArchRule packagesAreNullMarked = ArchRuleDefinition.classes()
		.should(ArchConditions.be(DescribedPredicate.<JavaClass>describe("in a package that is @NullMarked",
				(type) -> type.getPackage().isAnnotatedWith(NullMarked.class))));

}
