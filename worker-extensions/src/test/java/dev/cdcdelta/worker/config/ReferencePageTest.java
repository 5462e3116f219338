package dev.cdcdelta.worker.config;

import dev.cdcdelta.smt.reference.ReferencePage;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ReferencePageTest {
    @Test
    void theReferencePageIsWhatTheDefinitionSays() throws IOException {
        new ReferencePage(
                        "REST security extension: configuration",
                        "Properties of a Connect worker with `rest.extension.classes=dev.cdcdelta.worker.SecurityRestExtension`. "
                                + "This page is generated from the extension's definition; do not edit it.",
                        SecurityConfigDef.DEFINITION,
                        SecurityConfigDef.FAMILIES.stream()
                                .map(family -> new ReferencePage.Family(family.prefix(), family.documentation()))
                                .toList())
                .mustBe("rest-security.md");
    }
}
