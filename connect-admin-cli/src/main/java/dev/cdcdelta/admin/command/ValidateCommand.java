package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.failure.ExitCode;
import dev.cdcdelta.admin.output.Report;
import dev.cdcdelta.admin.pipeline.ConfigError;
import dev.cdcdelta.admin.pipeline.PipelineWriter;
import dev.cdcdelta.admin.rest.ConnectHttp;
import dev.cdcdelta.admin.rest.ConnectorPlugins;
import dev.cdcdelta.admin.rest.Connectors;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lets Connect validate files. */
@Command(
        name = "validate",
        description = {
            "Let Connect validate the connectors of files, and show every key that it refuses and why.",
            "Ends with 1 if there is one. Nothing is written."
        })
final class ValidateCommand implements Callable<Integer> {
    @Mixin
    private ManifestOptions manifest = new ManifestOptions();

    @Mixin
    private ContextOptions where = new ContextOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        ConnectHttp http = where.connect();
        List<ConfigError> errors = new PipelineWriter(new Connectors(http), new ConnectorPlugins(http))
                .errors(manifest.configs(where.context()));
        output.write(new Report.Rows(
                List.of("connector", "key", "error"),
                errors.stream()
                        .map(error -> List.<Object>of(error.connector(), error.key(), error.message()))
                        .toList()));
        return (errors.isEmpty() ? ExitCode.OK : ExitCode.CHECK_FAILED).number();
    }
}
