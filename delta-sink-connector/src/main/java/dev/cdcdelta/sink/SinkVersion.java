package dev.cdcdelta.sink;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of this build, as its resources say. */
public final class SinkVersion {
    private static final String RESOURCE = "version.properties";

    private SinkVersion() {}

    public static String get() {
        Properties properties = new Properties();
        try (InputStream resource = SinkVersion.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IllegalStateException(RESOURCE + " is missing beside " + SinkVersion.class.getName());
            }
            properties.load(resource);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version", "unknown");
    }
}
