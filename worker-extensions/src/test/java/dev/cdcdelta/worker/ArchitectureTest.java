package dev.cdcdelta.worker;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.cdcdelta.worker", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule knowsKafkaConnectTokensAndJsonOnly = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "javax.crypto..",
                    "javax.net.ssl..",
                    "dev.cdcdelta.worker..",
                    "org.apache.kafka.clients..",
                    "org.apache.kafka.common..",
                    "org.apache.kafka.connect.errors..",
                    "org.apache.kafka.connect.health..",
                    "org.apache.kafka.connect.rest..",
                    "com.nimbusds..",
                    "com.fasterxml.jackson..",
                    "jakarta.ws.rs..",
                    "org.slf4j..",
                    "org.jspecify..");

    @ArchTest
    static final ArchRule onlyTheTokensRoomKnowsTheirLibrary = classes()
            .that()
            .resideOutsideOfPackage("dev.cdcdelta.worker.token..")
            .should()
            .onlyDependOnClassesThat()
            .resideOutsideOfPackage("com.nimbusds..");

    @ArchTest
    static final ArchRule onlyFiltersKnowTheServer = classes()
            .that()
            .resideOutsideOfPackages("dev.cdcdelta.worker", "dev.cdcdelta.worker.filter..")
            .should()
            .onlyDependOnClassesThat()
            .resideOutsideOfPackage("jakarta..");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("dev.cdcdelta.worker.(*)..").should().beFreeOfCycles();
}
