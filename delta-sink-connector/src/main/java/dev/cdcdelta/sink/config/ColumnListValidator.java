package dev.cdcdelta.sink.config;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * Names of columns of documents.
 *
 * @param most how many there may be
 * @param idAllowed whether {@code _id} may be among them
 */
record ColumnListValidator(int most, boolean idAllowed) implements ConfigDef.Validator {
    @Override
    public void ensureValid(String name, @Nullable Object value) {
        Set<String> seen = new HashSet<>();
        if (!(value instanceof List<?> columns)) {
            return;
        }
        for (Object each : columns) {
            String column = String.valueOf(each);
            if (column.isBlank()) {
                throw new ConfigException(name, value, "a name is empty; take it out");
            }
            if (column.toLowerCase(Locale.ROOT).startsWith("_cdc_")) {
                throw new ConfigException(name, value, "'" + column + "' is the connector's own column; use " + this);
            }
            if (column.equals("_id") && !idAllowed) {
                throw new ConfigException(
                        name, value, "by '_id' each document would be a partition of its own; use " + this);
            }
            if (!seen.add(column.toLowerCase(Locale.ROOT))) {
                throw new ConfigException(name, value, "'" + column + "' is there twice; take one out");
            }
        }
        if (seen.size() > most) {
            throw new ConfigException(name, value, "has more than " + most + " columns; take some out");
        }
    }

    @Override
    public String toString() {
        return "at most " + most + " columns of documents" + (idAllowed ? "" : ", not _id");
    }
}
