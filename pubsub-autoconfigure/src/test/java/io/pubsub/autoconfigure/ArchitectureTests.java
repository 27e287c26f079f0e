package io.pubsub.autoconfigure;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.conditions.ArchConditions;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.jspecify.annotations.NullMarked;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * The architecture of the auto-configuration, where beans are made, and what holds in all
 * modules.
 */
@AnalyzeClasses(packages = "io.pubsub", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	@ArchTest
	private final ArchRule packagesOfAllModulesHaveNoCycles = SlicesRuleDefinition.slices()
		.matching("io.(pubsub..)")
		.should()
		.beFreeOfCycles();

	@ArchTest
	private final ArchRule packagesOfAllModulesAreNullMarked = ArchRuleDefinition.classes()
		.should(ArchConditions.be(DescribedPredicate.<JavaClass>describe("in a package that is @NullMarked",
				(type) -> type.getPackage().isAnnotatedWith(NullMarked.class))));

	@ArchTest
	private final ArchRule autoConfigurationsArePublicAndFinal = ArchRuleDefinition.classes()
		.that()
		.areAnnotatedWith(AutoConfiguration.class)
		.should()
		.bePublic()
		.andShould()
		.haveModifier(JavaModifier.FINAL);

	@ArchTest
	private final ArchRule beanMethodsArePackagePrivate = ArchRuleDefinition.methods()
		.that()
		.areAnnotatedWith(Bean.class)
		.should()
		.bePackagePrivate();

	@ArchTest
	private final ArchRule beansAreMadeHereOnly = ArchRuleDefinition.noMethods()
		.that()
		.areDeclaredInClassesThat()
		.resideOutsideOfPackage("io.pubsub.autoconfigure..")
		.should()
		.beAnnotatedWith(Bean.class);

}
