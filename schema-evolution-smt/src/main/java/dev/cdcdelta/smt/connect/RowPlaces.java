package dev.cdcdelta.smt.connect;

import java.util.Map;
import java.util.Optional;

/**
 * Where in rows the values of documents' fields go.
 *
 * @param width the number of places, some of which may stay empty
 * @param fields by their names in the type, sidecars among them; a document with a value in another field is no row
 */
public record RowPlaces(int width, Map<String, Place> fields) {
    static final RowPlaces NOWHERE = new RowPlaces(0, Map.of());

    /**
     * The place of one field's values.
     *
     * @param index in the row
     * @param form of the values without parts
     * @param within where the field holds documents, or arrays of them
     */
    public record Place(int index, RowForm form, Optional<RowPlaces> within) {}

    public RowPlaces {
        fields = Map.copyOf(fields);
    }
}
