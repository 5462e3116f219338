package dev.cdcdelta.worker.vault;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** @param end null where the secret holds for ever */
record VaultSecret(
        Map<String, String> fields, Instant read, @Nullable Instant end) {
    VaultSecret {
        fields = Map.copyOf(fields);
    }

    /** The names of the fields alone. */
    @Override
    public String toString() {
        return "VaultSecret" + fields.keySet();
    }
}
