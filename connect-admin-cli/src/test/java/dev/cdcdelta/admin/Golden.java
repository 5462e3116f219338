package dev.cdcdelta.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Compares text with a file in the repository; {@code -Dgolden.update=true} writes the file instead. */
final class Golden {
    private Golden() {}

    static void verify(Path file, String actual) throws IOException {
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, actual);
        }
        assertThat(actual).isEqualTo(Files.readString(file));
    }

    static Path file(String name) {
        return Path.of("src/test/resources/golden", name);
    }
}
