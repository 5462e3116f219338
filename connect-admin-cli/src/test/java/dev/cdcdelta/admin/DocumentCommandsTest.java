package dev.cdcdelta.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cdcdelta.sink.DeltaSinkConnector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigValue;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Commands of the program that pages name are ones that it has, and configurations of the sink on them are ones that it takes. */
class DocumentCommandsTest {
    private static final Pattern COMMAND = Pattern.compile("(?<![\\w/.-])connect-admin-cli((?:[ \\t]+[^\\s`|;&)#]+)*)");

    /** A page that is made of the commands themselves, in a form of its own. */
    private static final String REFERENCE = "docs/reference/cli.md";

    @Test
    void everyCommandAndOptionThatAPageNamesIsThere() throws IOException {
        List<String> wrong = new ArrayList<>();
        int commands = 0;
        for (Path page : Documents.pages()) {
            String name = Documents.ROOT.relativize(page).toString();
            if (name.equals(REFERENCE)) {
                continue;
            }
            // A command may go on in the next line.
            Matcher matcher = COMMAND.matcher(Files.readString(page).replaceAll("\\\\\\n\\s*", " "));
            while (matcher.find()) {
                commands++;
                fault(words(matcher.group(1)))
                        .ifPresent(
                                fault -> wrong.add(name + ": " + matcher.group().strip() + ": " + fault));
            }
        }
        assertThat(commands).isGreaterThan(10);
        assertThat(wrong).isEmpty();
    }

    @Test
    void whatIsNotThereIsSeen() {
        assertThat(fault(words(" pipeline list"))).isEmpty();
        assertThat(fault(words(" query \"SELECT 1\""))).isEmpty();
        assertThat(fault(words(" pipeline frobnicate"))).isPresent();
        assertThat(fault(words(" pipeline create --colection x"))).isPresent();
    }

    @Test
    void everyWholeConfigurationOfTheSinkOnAPageIsTaken() throws IOException {
        int configurations = 0;
        for (Path page : Documents.pages()) {
            for (Documents.Block block : Documents.blocks(page)) {
                Optional<Map<String, String>> configuration = sink(block);
                if (configuration.isPresent()) {
                    configurations++;
                    assertThat(new DeltaSinkConnector()
                                    .validate(configuration.get()).configValues().stream()
                                            .map(ConfigValue::errorMessages)
                                            .flatMap(List::stream))
                            .as(page.toString())
                            .isEmpty();
                }
            }
        }
        assertThat(configurations).isPositive();
    }

    private static List<String> words(String line) {
        return List.of(line.strip().split("\\s+"));
    }

    /** What is wrong with a command, as far as its words tell; prose may go on behind it. */
    private static Optional<String> fault(List<String> words) {
        CommandLine command = ConnectAdminCli.commandLine(Map.of());
        for (String word : words) {
            if (word.startsWith("--") && word.length() > 2) {
                String option = word.replaceFirst("=.*", "").replaceFirst("[.,:]+$", "");
                if (!command.getCommandSpec().optionsMap().containsKey(option)) {
                    return Optional.of("no option " + option);
                }
            } else if (command.getSubcommands().containsKey(word)) {
                command = command.getSubcommands().get(word);
            } else if (word.matches("[a-z]+") && !command.getSubcommands().isEmpty()) {
                return Optional.of("no command " + word);
            }
        }
        return Optional.empty();
    }

    /** Of a block that is a whole connector: {@code {"name": …, "config": {…}}}, or the configuration alone. */
    private static Optional<Map<String, String>> sink(Documents.Block block) throws IOException {
        if (!block.language().equals("json") || !block.text().contains("\"connector.class\": \"dev.cdcdelta.sink.")) {
            return Optional.empty();
        }
        JsonNode json = new ObjectMapper().readTree(block.text());
        JsonNode config = json.has("config") ? json.get("config") : json;
        Map<String, String> settings = new HashMap<>();
        config.properties()
                .forEach(entry -> settings.put(entry.getKey(), entry.getValue().asText()));
        settings.putIfAbsent("name", "page");
        return Optional.of(settings);
    }
}
