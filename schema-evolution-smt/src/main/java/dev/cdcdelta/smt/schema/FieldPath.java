package dev.cdcdelta.smt.schema;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a field is in a document: the names on the way to it. Arrays are no step of it, its text shows them as {@code []}. */
public final class FieldPath {
    /** The document itself. */
    public static final FieldPath ROOT = new FieldPath(null, "", "");

    private final @Nullable FieldPath parent;
    private final String name;
    private final String arrays;

    private FieldPath(@Nullable FieldPath parent, String name, String arrays) {
        this.parent = parent;
        this.name = name;
        this.arrays = arrays;
    }

    /** @param field its name in a {@link StructType} */
    public FieldPath field(String field) {
        return new FieldPath(this, field, "");
    }

    /** The elements of the array at this path. */
    public FieldPath elements() {
        return new FieldPath(parent, name, arrays + "[]");
    }

    /** Whether this is the field that identifies the document, or a part of it. */
    public boolean isIdentity() {
        FieldPath outermost = this;
        for (FieldPath above = parent; above != null && above != ROOT; above = above.parent) {
            outermost = above;
        }
        return outermost.name.equals(FieldNames.ID);
    }

    /** Whether it is a field of the document itself. */
    public boolean isTopLevel() {
        return parent == ROOT;
    }

    /** The names as the document has them. */
    List<String> names() {
        Deque<String> names = new ArrayDeque<>();
        for (FieldPath step = this; step.parent != null; step = step.parent) {
            names.addFirst(FieldNames.toDocument(step.name));
        }
        return List.copyOf(names);
    }

    /** As messages show it: {@code items[].price}. */
    @Override
    public String toString() {
        if (parent == null) {
            return "";
        }
        String before = parent.toString();
        return (before.isEmpty() ? "" : before + ".") + name + arrays;
    }
}
