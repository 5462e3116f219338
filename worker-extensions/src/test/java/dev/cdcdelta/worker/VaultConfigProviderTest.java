package dev.cdcdelta.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cdcdelta.worker.vault.SecretStoreTest;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.Test;

/** What Connect sees; {@link SecretStoreTest} has what is behind. */
class VaultConfigProviderTest {
    @Test
    void providerWithoutParametersSaysSo() {
        try (VaultConfigProvider provider = new VaultConfigProvider()) {
            assertThatThrownBy(() -> provider.get("a")).isInstanceOf(ConnectException.class);
            assertThatThrownBy(() -> provider.configure(Map.of()))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("address");
        }
        assertThat(VaultConfigProvider.config().names()).contains("address", "auth.method");
    }
}
