package dev.cdcdelta.worker;

import dev.cdcdelta.worker.vault.SecretStore;
import dev.cdcdelta.worker.vault.VaultConfigDef;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.ConfigData;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.provider.ConfigProvider;
import org.apache.kafka.connect.errors.ConnectException;
import org.jspecify.annotations.Nullable;

/**
 * Secrets of HashiCorp Vault or OpenBao in configurations: {@code ${vault:shop/mongodb:uri}}. Its parameters begin with
 * {@code config.providers.vault.param.} (docs/reference/vault-config-provider.md).
 */
public final class VaultConfigProvider implements ConfigProvider {
    private @Nullable SecretStore store;

    /** Its parameters. */
    public static ConfigDef config() {
        return VaultConfigDef.DEFINITION;
    }

    @Override
    public void configure(Map<String, ?> parameters) {
        store = SecretStore.open(parameters, Clock.systemUTC());
    }

    @Override
    public ConfigData get(String path) {
        return store().read(path);
    }

    @Override
    public ConfigData get(String path, Set<String> keys) {
        return store().read(path, keys);
    }

    @Override
    public void close() {
        if (store != null) {
            store.close();
        }
    }

    private SecretStore store() {
        if (store == null) {
            throw new ConnectException("The Vault config provider is asked for a secret before it has its parameters.");
        }
        return store;
    }
}
