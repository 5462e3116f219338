package dev.cdcdelta.stack.service;

import dev.cdcdelta.stack.process.StackException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The directory that holds everything of one stack. Files in it are readable by their owner alone. */
public record StackDirectory(Path root) {
    public StackDirectory {
        root = root.toAbsolutePath().normalize();
    }

    public Path logs() {
        return root.resolve("logs");
    }

    public Path log(String name) {
        return logs().resolve(name + ".log");
    }

    public Path configuration(String name) {
        return root.resolve("conf").resolve(name);
    }

    public Path data(String name) {
        return root.resolve("data").resolve(name);
    }

    public Path plugins() {
        return root.resolve("plugins");
    }

    public Path description() {
        return root.resolve("stack.json");
    }

    public Path secrets() {
        return root.resolve("secrets.properties");
    }

    public Path lock() {
        return root.resolve("stack.lock");
    }

    /** Present while somebody asks the supervisor to start the worker anew. */
    public Path workerRestartRequest() {
        return root.resolve("restart-worker");
    }

    public Path createData(String name) {
        return createDirectories(data(name));
    }

    public static Path createDirectories(Path directory) {
        try {
            return Files.createDirectories(directory);
        } catch (IOException e) {
            throw new StackException(
                    "The directory " + directory + " cannot be created: " + e + ". Choose another with --dir.", e);
        }
    }

    /** Keys sorted, so that the file is the same for the same settings. */
    public static Path writeProperties(Path file, Map<String, String> settings) {
        return writePrivately(
                file,
                new TreeMap<>(settings)
                        .entrySet().stream()
                                .map(entry -> entry.getKey() + "=" + escaped(entry.getValue()))
                                .collect(Collectors.joining("\n", "", "\n")));
    }

    /** Readers see the old content or the new, never a part; nobody else may read either. */
    public static Path writePrivately(Path file, String content) {
        try {
            Files.createDirectories(file.getParent());
            Path draft = Files.createTempFile(
                    file.getParent(),
                    file.getFileName().toString(),
                    ".tmp",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(draft, content, StandardCharsets.UTF_8);
            return Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new StackException("The file " + file + " cannot be written: " + e, e);
        }
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\");
    }
}
