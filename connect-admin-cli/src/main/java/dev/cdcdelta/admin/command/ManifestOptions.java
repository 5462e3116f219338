package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.context.Context;
import dev.cdcdelta.admin.manifest.ManifestFiles;
import dev.cdcdelta.admin.manifest.Variables;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Files that say which connectors there are to be, and the values of their variables. */
final class ManifestOptions {
    @Option(
            names = {"-f", "--file"},
            required = true,
            paramLabel = "DIR|FILE",
            description = "YAML or JSON; of a directory all .yaml, .yml and .json files.")
    private Path file = Path.of("");

    @Option(names = "--values", paramLabel = "FILE", description = "YAML or JSON map of the variables' values.")
    private @Nullable Path values;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "Value of one variable; wins over --values. Repeatable.")
    private List<String> settings = new ArrayList<>();

    /** Each with its name, in the order in which they are to be written. */
    List<Map<String, String>> configs(Context context) {
        return new ManifestFiles(Variables.of(values, settings), context).read(file);
    }
}
