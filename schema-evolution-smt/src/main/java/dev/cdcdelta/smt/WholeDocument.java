package dev.cdcdelta.smt;

import dev.cdcdelta.smt.connect.DocumentWriter;
import org.jspecify.annotations.Nullable;

/**
 * A document that an envelope brings whole, before it is read.
 *
 * @param writer of the documents of its topic so far; whether it writes this one too is not known yet
 * @param text extended JSON
 * @param operation {@code c}, {@code u} or {@code r}
 * @param sourceTime milliseconds since the epoch; null if the envelope does not tell it
 * @param sourceOrdinal the order within that time; null if the envelope does not tell it
 */
public record WholeDocument(
        DocumentWriter writer,
        String text,
        String operation,
        @Nullable Long sourceTime,
        @Nullable Integer sourceOrdinal) {}
