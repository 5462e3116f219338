package dev.cdcdelta.sink.config;

import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

public final class WarehouseValidator implements ConfigDef.Validator {
    private static final Pattern FORM = Pattern.compile(
            "(s3a://[a-z0-9][a-z0-9.-]+|gs://[a-z0-9][a-z0-9._-]+|abfss://[a-z0-9-]+@[a-z0-9.-]+)(/[^\\s?#]*)?"
                    + "|file:///[^?#]+");

    @Override
    public void ensureValid(String name, @Nullable Object value) {
        String text = String.valueOf(value);
        if (text.startsWith("s3://") || text.startsWith("s3n://")) {
            throw new ConfigException(name, value, "write s3a:// instead, the name of Hadoop's S3 file system");
        }
        if (!FORM.matcher(text).matches()) {
            throw new ConfigException(name, value, "must be " + this);
        }
    }

    @Override
    public String toString() {
        return "s3a://bucket/path, abfss://container@account.dfs.core.windows.net/path, gs://bucket/path or file:///path";
    }
}
