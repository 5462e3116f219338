package dev.cdcdelta.smt.connect;

import dev.cdcdelta.smt.schema.StructType;
import org.jspecify.annotations.Nullable;

/** Where in an array the values of a struct's fields go, and what is made of that array in the end. */
interface Places {
    /** The place of values that go nowhere, since there is nothing in them yet that a column could hold. */
    int NONE = -1;

    /** The place of values for which there is none: a document that has one is for others to write. */
    int OUTSIDE = -2;

    int width();

    /** The place of a field's values, {@link #NONE} while its type is vacant. */
    int of(StructType.Field field);

    /** The place of what does not fit the named field; {@link #NONE} where there is none. */
    int besides(String field);

    /** The place of fields that the type does not have, as one document; {@link #NONE} where there is none. */
    int rest();

    /** The places within the values of a field, or of the elements of its array. */
    Places within(String field);

    /** Gives values without parts the form that is asked for there. */
    ValueWriter fitted(ValueWriter writer);

    /** What is made of the values, each in its place. */
    Object whole(@Nullable Object[] values);
}
