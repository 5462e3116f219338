package dev.cdcdelta.bundle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** Where the build puts what is shipped. */
final class Packaged {

    static final Path TARGET = Path.of("target");
    static final Path PLUGIN_DIRECTORY = TARGET.resolve("plugin");
    static final String TITLE = System.getProperty("bundle.title", "");
    static final String VERSION = System.getProperty("bundle.version", "");
    static final Path ZIP = TARGET.resolve(TITLE + ".zip");

    private Packaged() {}

    static List<Path> jars() {
        try (Stream<Path> files = Files.list(PLUGIN_DIRECTORY)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> jarNames() {
        return jars().stream().map(Packaged::name).toList();
    }

    /** The jar's name without version and suffix. */
    static String artifact(String jarName) {
        return jarName.replaceFirst("-\\d[^/]*\\.jar$", "");
    }

    static boolean isOurs(Path jar) {
        return name(jar).endsWith("-" + VERSION + ".jar")
                && entries(jar).stream().anyMatch(entry -> entry.startsWith("dev/cdcdelta/"));
    }

    static String name(Path file) {
        return file.getFileName().toString();
    }

    static List<String> entries(Path jar) {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream().map(entry -> entry.getName()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
