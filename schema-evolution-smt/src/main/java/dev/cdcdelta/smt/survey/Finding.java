package dev.cdcdelta.smt.survey;

import dev.cdcdelta.smt.schema.FieldType;
import java.util.List;

/**
 * What was seen of one field.
 *
 * @param path names joined by points, {@code []} behind the name of an array whose elements are meant: {@code items[].sku}
 * @param type that the field has in the schema of all documents
 * @param values that were seen of it, nulls included
 * @param misfits kinds of values that this type does not hold
 */
public record Finding(String path, FieldType type, long values, List<Misfit> misfits) {
    /**
     * Values of one kind that do not fit.
     *
     * @param type theirs; of documents, one without fields
     * @param exampleKeys the {@code _id}s of the first few documents with one, as canonical text
     */
    public record Misfit(FieldType type, long values, List<String> exampleKeys) {}
}
