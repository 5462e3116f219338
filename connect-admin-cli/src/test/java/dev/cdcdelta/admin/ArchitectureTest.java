package dev.cdcdelta.admin;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.cdcdelta.admin", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule onlyRestSpeaksHttp = noClasses()
            .that()
            .resideOutsideOfPackage("..admin.rest..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.net.http..");

    @ArchTest
    static final ArchRule onlyQueryKnowsDuckDb = noClasses()
            .that()
            .resideOutsideOfPackage("..admin.query..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.duckdb..", "java.sql..");

    @ArchTest
    static final ArchRule nobodyTalksToDeltaKernel =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("io.delta..", "dev.cdcdelta.sink.table.*..");

    @ArchTest
    static final ArchRule onlyCommandsKnowCommands = noClasses()
            .that()
            .resideOutsideOfPackages("..admin.command..", "dev.cdcdelta.admin")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..admin.command..");

    @ArchTest
    static final ArchRule packagesFormNoCircle =
            slices().matching("dev.cdcdelta.admin.(*)..").should().beFreeOfCycles();
}
