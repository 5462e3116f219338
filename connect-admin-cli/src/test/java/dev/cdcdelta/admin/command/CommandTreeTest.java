package dev.cdcdelta.admin.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class CommandTreeTest {
    private static CommandLine tree(String... arguments) {
        CommandLine root = new CommandLine(new ConnectAdmin(Map.of()));
        CommandTree.add(root, arguments);
        return root;
    }

    @Test
    void everyCommandIsFoundUnderItsOwnName() {
        tree().getSubcommands()
                .forEach((name, command) ->
                        assertThat(command.getCommandSpec().name()).isEqualTo(name));
    }

    @Test
    void aRunBuildsOnlyTheCommandThatItNames() {
        assertThat(tree("health", "table").getSubcommands()).containsOnlyKeys("health");
        assertThat(tree("-V", "context").getSubcommands()).containsOnlyKeys("context");
    }

    @Test
    void whoeverNamesNoCommandSeesAll() {
        assertThat(tree("--help").getSubcommands()).containsKeys("health", "pipeline", "table");
        assertThat(tree("helth").getSubcommands()).containsKeys("health", "pipeline", "table");
    }
}
