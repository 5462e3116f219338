package dev.cdcdelta.admin.output;

/** The forms that a report can take. */
public enum Format {
    /** Aligned text for people; cut off after a number of rows. */
    TABLE,
    /** Lossless: see {@link Cell#plain}. */
    JSON,
    /** The same values as JSON. */
    YAML,
    /** RFC 4180, one line of column names first; only for commands that answer with rows. */
    CSV;

    @Override
    public String toString() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
