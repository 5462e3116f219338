package dev.cdcdelta.smt.connect;

import java.util.Date;

/** The Java form that a value without parts has in a row, where that is not the one that Connect asks for. No value is lost by it. */
public enum RowForm {
    AS_IT_IS,
    /** Integers of 32 bits as Long. */
    LONG,
    /** Integers of 32 bits as Double. */
    DOUBLE,
    /** Dates as microseconds since the epoch. */
    MICROSECONDS;

    private static final long MICROSECONDS_A_MILLISECOND = 1000;

    // Connect's logical types are java.util.Date.
    @SuppressWarnings("JavaUtilDate")
    Object of(Object value) {
        return switch (this) {
            case AS_IT_IS -> value;
            case LONG -> ((Number) value).longValue();
            case DOUBLE -> ((Number) value).doubleValue();
            case MICROSECONDS -> ((Date) value).getTime() * MICROSECONDS_A_MILLISECOND;
        };
    }
}
