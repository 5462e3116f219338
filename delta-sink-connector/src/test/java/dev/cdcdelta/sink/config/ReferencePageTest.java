package dev.cdcdelta.sink.config;

import dev.cdcdelta.smt.reference.ReferencePage;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ReferencePageTest {
    @Test
    void theReferencePageIsWhatTheDefinitionSays() throws IOException {
        new ReferencePage(
                        "Delta sink connector: configuration",
                        "`connector.class` is `dev.cdcdelta.sink.DeltaSinkConnector`. This page is generated from the connector's"
                                + " definition; do not edit it.",
                        SinkConfigDef.DEFINITION,
                        SinkConfigDef.FAMILIES.stream()
                                .map(family -> new ReferencePage.Family(family.prefix(), family.documentation()))
                                .toList())
                .mustBe("delta-sink-connector.md");
    }
}
