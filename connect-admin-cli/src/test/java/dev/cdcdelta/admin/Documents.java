package dev.cdcdelta.admin;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The pages of the project: every Markdown file that is not somebody else's. */
final class Documents {
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Set<String> LEFT_OUT =
            Set.of("target", ".git", "node_modules", "quickstart-data", "resources");
    private static final Pattern FENCE = Pattern.compile("(?ms)^[ ]*```(\\w*)\\n(.*?)^[ ]*```[ ]*$");

    private Documents() {}

    /** @param language what stands behind the opening fence, {@code json} for instance */
    record Block(String language, String text) {}

    static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>();
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                return LEFT_OUT.contains(directory.getFileName().toString())
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.toString().endsWith(".md")) {
                    pages.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return pages.stream().sorted().toList();
    }

    static List<Block> blocks(Path page) throws IOException {
        return FENCE.matcher(Files.readString(page))
                .results()
                .map(found -> new Block(found.group(1), found.group(2)))
                .toList();
    }

    /** The text without blocks of code. */
    static String prose(Path page) throws IOException {
        return FENCE.matcher(Files.readString(page)).replaceAll("");
    }
}
