package dev.cdcdelta.bench.workload;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cdcdelta.stack.check.RowMatch;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The comparison of a table with what its workload makes of it: give it all rows, then ask for the result. */
public final class TableComparison {
    private static final int EXAMPLES = 10;

    private final Workload workload;
    private final ExpectedState state;
    private final Documents documents;
    private final BitSet seen = new BitSet();
    private final List<String> examples = new ArrayList<>();
    private long rows;
    private long duplicated;
    private long different;
    private long unexpected;

    public TableComparison(Workload workload, ExpectedState state) {
        this.workload = workload;
        this.state = state;
        this.documents = new Documents(workload);
    }

    /** @param row its columns as JSON */
    public void add(JsonNode row) {
        rows++;
        OptionalInt key = workload.ids().key(row.path("_id"));
        if (key.isEmpty() || !state.isLive(key.getAsInt())) {
            unexpected++;
            example("_id " + row.path("_id") + " is in the table and should not be; it is of event "
                    + row.path("sequence") + (key.isEmpty() ? "" : ", deleted by event " + sequence(key.getAsInt())));
        } else if (seen.get(key.getAsInt())) {
            duplicated++;
            example("_id " + row.path("_id") + " is in the table more than once");
        } else {
            seen.set(key.getAsInt());
            difference(key.getAsInt(), row).ifPresent(difference -> {
                different++;
                example("_id " + row.path("_id") + ": " + difference + "; the row is of event " + row.path("sequence")
                        + ", expected " + state.sequence(key.getAsInt()));
            });
        }
    }

    public Result result() {
        for (int key = 0; key < state.keys() && examples.size() < EXAMPLES; key++) {
            if (state.isLive(key) && !seen.get(key)) {
                example("the document of number " + key + " is missing; event " + state.sequence(key) + " wrote it");
            }
        }
        return new Result(
                rows, state.live(), state.live() - seen.cardinality(), duplicated, different, unexpected, examples);
    }

    private String sequence(int key) {
        return key < state.keys() ? Long.toString(state.sequence(key)) : "none";
    }

    private Optional<String> difference(int key, JsonNode row) {
        long sequence = state.sequence(key);
        return RowMatch.difference(documents.document(key, sequence), row)
                .or(() -> isOf(SourceTime.of(sequence), row)
                        ? Optional.empty()
                        : Optional.of("_cdc_ts and _cdc_ord are not the event's"));
    }

    private static boolean isOf(SourceTime time, JsonNode row) {
        try {
            return OffsetDateTime.parse(row.path("_cdc_ts").asText())
                            .toInstant()
                            .equals(time.instant())
                    && row.path("_cdc_ord").asLong() == time.ordinal();
        } catch (DateTimeException e) {
            return false;
        }
    }

    private void example(String text) {
        if (examples.size() < EXAMPLES) {
            examples.add(text);
        }
    }

    /**
     * @param expected documents that there are
     * @param missing documents without a row
     * @param duplicated rows of documents that have one already
     * @param different rows whose content is not their document's
     * @param unexpected rows of documents that have been deleted or never were
     * @param examples the first differences, for people
     */
    public record Result(
            long rows,
            long expected,
            long missing,
            long duplicated,
            long different,
            long unexpected,
            List<String> examples) {
        public Result {
            examples = List.copyOf(examples);
        }

        public boolean isClean() {
            return rows == expected && missing + duplicated + different + unexpected == 0;
        }
    }
}
