package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.documents.DocumentSource;
import dev.cdcdelta.admin.failure.ExitCode;
import dev.cdcdelta.admin.schema.SchemaReport;
import dev.cdcdelta.admin.schema.SurveyReader;
import dev.cdcdelta.admin.table.Warehouse;
import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.sink.table.TableFeature;
import dev.cdcdelta.sink.schema.DocumentColumns;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What documents would change about a table. */
@Command(
        name = "diff",
        description = {
            "Show what the documents would change about a table's columns, and which values would not fit them. Nothing is"
                    + " written.",
            ""
        })
final class SchemaDiff implements Callable<Integer> {
    @Parameters(paramLabel = "TABLE", description = "testdb.users, or users alone if no other database has one.")
    private String name = "";

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
        try (Warehouse warehouse = where.warehouse();
                DocumentSource source = documents.open(where.context())) {
            Warehouse.Found found = warehouse.require(name);
            ColumnType.Struct columns = found.table().snapshot().columns();
            SurveyReader reader = new SurveyReader(DocumentColumns.typeOf(columns), rules.rules(), documents.limit());
            source.read(reader);
            SchemaReport report = new SchemaReport(source.name(), reader, rules.rules());
            output.write(report.ofTable(
                    found.name().toString(),
                    columns,
                    TableFeature.mayWiden(found.table().snapshot().properties())));
            return (check && !report.isClean() ? ExitCode.CHECK_FAILED : ExitCode.OK).number();
        }
    }
}
