package dev.cdcdelta.sink.table;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.cdcdelta.sink", importOptions = ImportOption.DoNotIncludeTests.class)
class KernelWallTest {
    @ArchTest
    static final ArchRule onlyTheTablePackageTalksToDeltaKernel = noClasses()
            .that()
            .resideOutsideOfPackage("dev.cdcdelta.sink.table..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.delta..", "org.apache.hadoop..", "org.apache.parquet..");

    @ArchTest
    static final ArchRule kernelInternalsStayInOneRoom = noClasses()
            .that()
            .resideOutsideOfPackage("dev.cdcdelta.sink.table.kernel")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.delta.kernel.internal..");
}
