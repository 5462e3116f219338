package dev.cdcdelta.reconcile.config;

import dev.cdcdelta.smt.reference.ReferencePage;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ReferencePageTest {
    @Test
    void theReferencePageIsWhatTheDefinitionSays() throws IOException {
        new ReferencePage(
                        "Reconciliation connector: configuration",
                        "`connector.class` is `dev.cdcdelta.reconcile.ReconciliationConnector`. This page is generated from the"
                                + " connector's definition; do not edit it.",
                        ReconcileConfigDef.DEFINITION,
                        ReconcileConfigDef.FAMILIES.stream()
                                .map(family -> new ReferencePage.Family(family.prefix(), family.documentation()))
                                .toList())
                .mustBe("reconciliation-connector.md");
    }
}
