package dev.cdcdelta.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Links within the project lead somewhere, to the heading they name, and every page of docs is reached from its index. */
class DocumentLinksTest {
    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*]\\(([^)\\s]+)(?: \"[^\"]*\")?\\)");
    private static final Pattern INLINE_CODE = Pattern.compile("(`+)(?:(?!`).)+\\1");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} (.+?)\\s*$");
    private static final Pattern ANCHOR = Pattern.compile("<a (?:id|name)=\"([^\"]+)\"");

    /** @param file empty where the link stays on its page */
    private record Link(Path page, String file, String anchor) {
        Path target() {
            return file.isEmpty() ? page : page.resolveSibling(file).normalize();
        }
    }

    @Test
    void everyLinkLeadsToAFileAndAHeadingThatAreThere() throws IOException {
        List<Link> links = new ArrayList<>();
        for (Path page : Documents.pages()) {
            links.addAll(links(page));
        }
        assertThat(links).hasSizeGreaterThan(100);
        List<String> broken = new ArrayList<>();
        for (Link link : links) {
            String name = Documents.ROOT.relativize(link.page()) + " -> " + link.file() + "#" + link.anchor();
            if (!Files.exists(link.target())) {
                broken.add(name + ": there is no such file");
            } else if (!link.anchor().isEmpty() && !anchors(link.target()).contains(link.anchor())) {
                broken.add(name + ": there is no such heading");
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void everyPageOfDocsIsReachedFromItsIndex() throws IOException {
        Path docs = Documents.ROOT.resolve("docs");
        Set<Path> reached = new HashSet<>();
        Deque<Path> open = new ArrayDeque<>(List.of(docs.resolve("README.md")));
        while (!open.isEmpty()) {
            Path page = open.pop();
            if (reached.add(page)) {
                for (Link link : links(page)) {
                    if (link.target().startsWith(docs)
                            && link.target().toString().endsWith(".md")) {
                        open.push(link.target());
                    }
                }
            }
        }
        Set<Path> lost = new TreeSet<>();
        for (Path page : Documents.pages()) {
            if (page.startsWith(docs) && !reached.contains(page)) {
                lost.add(Documents.ROOT.relativize(page));
            }
        }
        assertThat(lost).isEmpty();
    }

    @Test
    void headingsBecomeAnchorsAsOnTheHostingSite(@TempDir Path directory) throws IOException {
        Path page = Files.writeString(
                directory.resolve("page.md"),
                "# A `b.c`, d!\n\n## A_b (c-d)\n## Twice\n### Twice\n```sh\n# no heading\n```\n<a id=\"own\"></a>\n");

        assertThat(anchors(page)).containsExactlyInAnyOrder("a-bc-d", "a_b-c-d", "twice", "twice-1", "own");
    }

    private static List<Link> links(Path page) throws IOException {
        List<Link> links = new ArrayList<>();
        if (!Files.exists(page)) {
            return links;
        }
        Matcher matcher =
                LINK.matcher(INLINE_CODE.matcher(Documents.prose(page)).replaceAll("code"));
        while (matcher.find()) {
            String target = matcher.group(1);
            if (!target.matches("(?i)(https?|mailto):.*")) {
                int hash = target.indexOf('#');
                links.add(new Link(
                        page,
                        hash < 0 ? target : target.substring(0, hash),
                        hash < 0 ? "" : target.substring(hash + 1)));
            }
        }
        return links;
    }

    private static Set<String> anchors(Path page) throws IOException {
        Set<String> anchors = new HashSet<>();
        String prose = Documents.prose(page);
        Map<String, Integer> seen = new HashMap<>();
        Matcher headings = HEADING.matcher(prose);
        while (headings.find()) {
            String slug = headings.group(1)
                    .replaceAll("\\[([^\\]]*)]\\([^)]*\\)", "$1")
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N}_ -]", "")
                    .replace(' ', '-');
            int count = seen.merge(slug, 1, Integer::sum);
            anchors.add(count == 1 ? slug : slug + "-" + (count - 1));
        }
        ANCHOR.matcher(prose).results().forEach(found -> anchors.add(found.group(1)));
        return anchors;
    }
}
