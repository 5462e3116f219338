package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.documents.DocumentSource;
import dev.cdcdelta.admin.failure.ExitCode;
import dev.cdcdelta.admin.schema.SchemaReport;
import dev.cdcdelta.admin.schema.SurveyReader;
import dev.cdcdelta.smt.schema.StructType;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The table that documents would make. */
@Command(
        name = "infer",
        description = {
            "Show the columns that a new table of the documents would have, and which values would not fit them. Nothing is"
                    + " written.",
            ""
        })
final class SchemaInfer implements Callable<Integer> {
    @Mixin
    private DocumentsFrom documents = new DocumentsFrom();

    @Mixin
    private RuleOptions rules = new RuleOptions();

    @Option(names = "--check", description = "Exit with 1 if a value does not fit or a document is refused.")
    private boolean check;

    @Mixin
    private ContextOptions where = new ContextOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        SurveyReader reader = new SurveyReader(new StructType(List.of()), rules.rules(), documents.limit());
        try (DocumentSource source = documents.open(where.context())) {
            source.read(reader);
            SchemaReport report = new SchemaReport(source.name(), reader, rules.rules());
            output.write(report.ofNewTable());
            return (check && !report.isClean() ? ExitCode.CHECK_FAILED : ExitCode.OK).number();
        }
    }
}
