package dev.cdcdelta.admin.schema;

import dev.cdcdelta.admin.documents.DocumentSource;
import dev.cdcdelta.smt.schema.SchemaRules;
import dev.cdcdelta.smt.schema.StructType;
import dev.cdcdelta.smt.survey.SchemaSurvey;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.errors.DataException;
import org.bson.BsonDocument;

/** Surveys up to so many documents of a source, and keeps the first few that were refused. */
public final class SurveyReader implements DocumentSource.Reader {
    private static final int MOST_FIELDS = 10_000;
    private static final int MOST_REFUSED = 20;

    private final long limit;
    private final SchemaSurvey survey;
    private final List<Refused> refused = new ArrayList<>();
    private long read;

    /** @param place where the document is */
    record Refused(String place, String reason) {}

    /**
     * Reads for a table.
     *
     * @param known the type of the documents that are in it already
     * @param rules what types fields have, and what becomes of values in conflict
     */
    public SurveyReader(StructType known, SchemaRules rules, long limit) {
        this.survey = new SchemaSurvey(known, rules, MOST_FIELDS);
        this.limit = limit;
    }

    @Override
    public void document(BsonDocument document) {
        survey.add(document);
        read++;
    }

    @Override
    public void refused(String place, DataException reason) {
        read++;
        if (refused.size() < MOST_REFUSED) {
            refused.add(new Refused(place, String.valueOf(reason.getMessage())));
        }
    }

    @Override
    public boolean isDone() {
        return read >= limit;
    }

    SchemaSurvey survey() {
        return survey;
    }

    /** The first few. */
    List<Refused> refused() {
        return refused;
    }

    long refusedCount() {
        return read - survey.documents();
    }
}
