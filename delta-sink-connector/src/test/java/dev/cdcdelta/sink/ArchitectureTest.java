package dev.cdcdelta.sink;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.apache.kafka.common.config.AbstractConfig;

@AnalyzeClasses(packages = "dev.cdcdelta.sink", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule onlyTheTablePackagesTalkToDeltaKernel = noClasses()
            .that()
            .resideOutsideOfPackage("..sink.table..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.delta..");

    @ArchTest
    static final ArchRule onlyTheKernelRoomUsesKernelsInternals = noClasses()
            .that()
            .resideOutsideOfPackage("..sink.table.kernel..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.delta.kernel.internal..");

    @ArchTest
    static final ArchRule onlyTheTablePackagesKnowTheStorage = noClasses()
            .that()
            .resideOutsideOfPackage("..sink.table..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.hadoop..", "org.apache.parquet..", "software.amazon..");

    @ArchTest
    static final ArchRule theRoomsInsideTableAreItsOwnAffair = classes()
            .that()
            .resideInAnyPackage("..sink.table.kernel..", "..sink.table.storage..", "..sink.table.parquet..")
            .should()
            .onlyBeAccessed()
            .byAnyPackage("..sink.table..");

    @ArchTest
    static final ArchRule stagesHaveNoCycles =
            slices().matching("dev.cdcdelta.sink.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule configurationObjectsStayInTheConfigurationPackage = noClasses()
            .that()
            .resideOutsideOfPackage("..sink.config..")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(AbstractConfig.class);

    @ArchTest
    static final ArchRule whatDecidesDoesNotKnowTheSettings = noClasses()
            .that()
            .resideInAnyPackage("..change..", "..batch..", "..mapping..", "..schema..", "..index..", "..merge..", "..routing..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..sink.config..");
}
