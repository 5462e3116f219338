package dev.cdcdelta.worker.vault;

import dev.cdcdelta.smt.reference.ReferencePage;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReferencePageTest {
    @Test
    void theReferencePageIsWhatTheDefinitionSays() throws IOException {
        new ReferencePage(
                        "Vault config provider: parameters",
                        "Each stands in the worker's properties behind `config.providers.vault.param.`, with `config.providers=vault`"
                                + " and `config.providers.vault.class=dev.cdcdelta.worker.VaultConfigProvider`. This page is generated"
                                + " from the provider's definition; do not edit it.",
                        VaultConfigDef.DEFINITION,
                        List.of())
                .mustBe("vault-config-provider.md");
    }
}
