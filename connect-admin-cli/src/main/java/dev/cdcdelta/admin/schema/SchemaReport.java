package dev.cdcdelta.admin.schema;

import dev.cdcdelta.admin.output.Report;
import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.sink.schema.SchemaGrowth;
import dev.cdcdelta.sink.schema.SchemaPlanner;
import dev.cdcdelta.sink.schema.TableKind;
import dev.cdcdelta.smt.schema.ConflictPolicy;
import dev.cdcdelta.smt.schema.SchemaRules;
import dev.cdcdelta.smt.survey.Finding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was read, the schema that it asks for, and what that schema cannot hold. */
public final class SchemaReport {
    private static final ColumnType.Struct NOTHING = new ColumnType.Struct(List.of());

    private final String source;
    private final SurveyReader read;
    private final SchemaRules rules;

    /** @param rules by which the documents were read */
    public SchemaReport(String source, SurveyReader read, SchemaRules rules) {
        this.source = source;
        this.read = read;
        this.rules = rules;
    }

    /** Whether each document that was read has its place in the schema, all of it. */
    public boolean isClean() {
        return read.refusedCount() == 0 && conflicts().isEmpty();
    }

    /** The columns of a new table. */
    public Report ofNewTable() {
        List<List<@Nullable Object>> fields = new ArrayList<>();
        for (Finding finding : read.survey().findings()) {
            fields.add(Arrays.asList(finding.path(), KindText.of(finding.type()), finding.values()));
        }
        return sections(Report.Sections.of("summary", summary(Map.of()))
                .and("fields", new Report.Rows(List.of("field", "type", "values"), fields))
                .and("columns", changes(NOTHING, planner().create(read.survey().type()), false)));
    }

    /**
     * What would change about a table, whose documents the survey started from.
     *
     * @param mayWiden whether its columns may take wider types; if not, wider values go beside them
     */
    public Report ofTable(String table, ColumnType.Struct columns, boolean mayWiden) {
        return sections(Report.Sections.of("summary", summary(Map.of("table", table)))
                .and(
                        "changes",
                        changes(columns, planner().grow(columns, read.survey().type(), mayWiden), true)));
    }

    /** No field's policy refuses anything here: what would be refused is in the list of conflicts. */
    private SchemaPlanner planner() {
        return new SchemaPlanner(SchemaGrowth.WIDEN, rules.withoutRefusals(), TableKind.DOCUMENTS, false);
    }

    private Report sections(Report.Sections first) {
        List<List<@Nullable Object>> refused = new ArrayList<>();
        read.refused().forEach(each -> refused.add(Arrays.asList(each.place(), each.reason())));
        return first.and(
                        "conflicts",
                        new Report.Rows(List.of("field", "type", "other", "values", "policy", "examples"), conflicts()))
                .and("refused", new Report.Rows(List.of("where", "reason"), refused));
    }

    private Report summary(Map<String, Object> more) {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>(more);
        facts.put("source", source);
        facts.put("documents", read.survey().documents());
        facts.put("refused", read.refusedCount());
        facts.put("conflicts", conflicts().size());
        if (read.survey().uncounted() > 0) {
            facts.put("uncountedValues", read.survey().uncounted());
        }
        return new Report.Facts(facts);
    }

    private static Report changes(ColumnType.Struct before, ColumnType.Struct after, boolean tellsBefore) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (ColumnChanges.Change change : ColumnChanges.between(before, after)) {
            rows.add(
                    tellsBefore
                            ? Arrays.asList(change.column(), change.before(), change.after())
                            : Arrays.asList(change.column(), change.after()));
        }
        return new Report.Rows(tellsBefore ? List.of("column", "before", "after") : List.of("column", "type"), rows);
    }

    private String policyAt(String path) {
        return rules.policyAt(path).toString().toLowerCase(Locale.ROOT);
    }

    private List<List<@Nullable Object>> conflicts() {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (Finding finding : read.survey().findings()) {
            for (Finding.Misfit misfit : finding.misfits()) {
                rows.add(Arrays.asList(
                        finding.path(),
                        KindText.of(finding.type()),
                        KindText.of(misfit.type()),
                        misfit.values(),
                        policyAt(finding.path()),
                        misfit.exampleKeys()));
            }
        }
        return rows;
    }
}
