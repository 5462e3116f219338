package dev.cdcdelta.smt.schema;

/**
 * How far documents may spread out into columns.
 *
 * @param depth how many documents and arrays a column's value may be within, the document itself included; deeper ones are text
 * @param columns how many columns fields may have, those of nested documents included; further fields share the text {@link
 *     FieldNames#REST} of their document
 */
public record SchemaLimits(int depth, int columns) {
    public static final SchemaLimits DEFAULT = new SchemaLimits(16, 1000);

    public SchemaLimits {
        if (depth < 1 || columns < 1) {
            throw new IllegalArgumentException(
                    "A limit of " + depth + " levels or " + columns + " columns leaves none");
        }
    }
}
