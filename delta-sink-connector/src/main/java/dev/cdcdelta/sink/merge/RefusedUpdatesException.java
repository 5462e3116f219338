package dev.cdcdelta.sink.merge;

import dev.cdcdelta.sink.batch.PendingUpdate;
import java.util.List;
import org.apache.kafka.connect.errors.DataException;

/** Some updates of a batch cannot be applied; nothing of the batch has been written. */
public final class RefusedUpdatesException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Refusal> refusals;

    /** An update that has to be reported and taken out of the batch. */
    public record Refusal(PendingUpdate update, DataException cause) {}

    RefusedUpdatesException(String location, List<Refusal> refusals) {
        super("Table " + location + ": " + refusals.size() + " updates cannot be applied, the first because: "
                + refusals.get(0).cause().getMessage());
        this.refusals = List.copyOf(refusals);
    }

    public List<Refusal> refusals() {
        return refusals;
    }
}
