package dev.cdcdelta.reconcile;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.apache.kafka.common.config.AbstractConfig;

@AnalyzeClasses(packages = "dev.cdcdelta.reconcile", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule tablesAreReadThroughTheSinksRoomOnly = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.delta..",
                    "org.apache.hadoop..",
                    "org.apache.parquet..",
                    "dev.cdcdelta.sink.table.kernel..",
                    "dev.cdcdelta.sink.table.storage..",
                    "dev.cdcdelta.sink.table.parquet..");

    @ArchTest
    static final ArchRule whatDecidesDoesNoInputOrOutput = noClasses()
            .that()
            .resideInAnyPackage("..reconcile.range..", "..reconcile.finding..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "com.mongodb..", "org.apache.kafka..", "dev.cdcdelta.sink..", "java.io..", "java.net..");

    @ArchTest
    static final ArchRule onlyTheSourceRoomReadsMongoDb = noClasses()
            .that()
            .resideOutsideOfPackages("..reconcile.source..", "..reconcile.config..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.mongodb..");

    @ArchTest
    static final ArchRule roomsHaveNoCycles =
            slices().matching("dev.cdcdelta.reconcile.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule configurationObjectsStayInTheConfigurationPackage = noClasses()
            .that()
            .resideOutsideOfPackage("..reconcile.config..")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(AbstractConfig.class);
}
