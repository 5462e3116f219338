package dev.cdcdelta.stack.service;

import dev.cdcdelta.stack.process.StackException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Heap and logging of a child process. */
final class JvmOptions {
    private static final String LOGGING = "log4j2.properties";

    private JvmOptions() {}

    /** @param level of the root logger */
    static List<String> of(String heap, String level, StackDirectory directory) {
        return List.of(
                "-Xmx" + heap,
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-Djava.awt.headless=true",
                "-Dlog4j2.configurationFile="
                        + StackDirectory.writePrivately(directory.configuration(LOGGING), logging()),
                "-Dcdcdelta.log.level=" + level);
    }

    private static String logging() {
        try (InputStream resource = JvmOptions.class.getResourceAsStream(LOGGING)) {
            if (resource == null) {
                throw new StackException(LOGGING + " is missing in the jar of the local stack. Build it again.");
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new StackException(LOGGING + " cannot be read from the jar of the local stack.", e);
        }
    }
}
