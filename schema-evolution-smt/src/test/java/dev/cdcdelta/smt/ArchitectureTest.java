package dev.cdcdelta.smt;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.cdcdelta.smt", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule knowsKafkaConnectBsonAndTokensOnly = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "javax.net.ssl..",
                    "dev.cdcdelta.smt..",
                    "org.apache.kafka.connect..",
                    "org.apache.kafka.common.cache..",
                    "org.apache.kafka.common.config..",
                    "org.bson..",
                    "com.fasterxml.jackson.core..",
                    "org.slf4j..",
                    "org.jspecify..");

    @ArchTest
    static final ArchRule onlyTheParserKnowsTokens = classes()
            .that()
            .resideOutsideOfPackage("dev.cdcdelta.smt.ejson..")
            .should()
            .onlyDependOnClassesThat()
            .resideOutsideOfPackage("com.fasterxml..");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("dev.cdcdelta.smt.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule stagesDoNotKnowTheTransform = classes()
            .that()
            .resideInAnyPackage("dev.cdcdelta.smt.*..")
            .should()
            .onlyDependOnClassesThat()
            .resideOutsideOfPackage("dev.cdcdelta.smt");
}
