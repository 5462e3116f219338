package dev.cdcdelta.admin.table;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Folders of a directory. */
record LocalFolders(Path root) implements Folders {
    @Override
    public List<String> below(List<String> path) throws IOException {
        Path folder = root.resolve(String.join("/", path));
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(Files::isDirectory)
                    .map(child -> child.getFileName().toString())
                    .toList();
        }
    }

    @Override
    public void close() {}
}
