package dev.cdcdelta.smt.connect;

import dev.cdcdelta.smt.schema.FieldNames;
import dev.cdcdelta.smt.schema.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Rows of somebody's own.
 *
 * @param form of values without parts
 */
record RowTarget(RowPlaces places, RowForm form) implements Places {
    private static final RowTarget NOWHERE = new RowTarget(RowPlaces.NOWHERE, RowForm.AS_IT_IS);

    @Override
    public int width() {
        return places.width();
    }

    @Override
    public int of(StructType.Field field) {
        RowPlaces.Place place = places.fields().get(field.name());
        if (place != null) {
            return place.index();
        }
        return field.type().isVacant() ? NONE : OUTSIDE;
    }

    @Override
    public int besides(String field) {
        RowPlaces.Place place = places.fields().get(FieldNames.sidecarOf(field));
        return place == null ? NONE : place.index();
    }

    /** None, because what goes there is read once more on its way into a row. */
    @Override
    public int rest() {
        return NONE;
    }

    @Override
    public Places within(String field) {
        RowPlaces.Place place = places.fields().get(field);
        return place == null ? NOWHERE : new RowTarget(place.within().orElse(RowPlaces.NOWHERE), place.form());
    }

    @Override
    public ValueWriter fitted(ValueWriter writer) {
        return form == RowForm.AS_IT_IS ? writer : new FormWriter(form, writer);
    }

    @Override
    public Object whole(@Nullable Object[] values) {
        return values;
    }
}
