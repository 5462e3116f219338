package dev.cdcdelta.sink.index;

import dev.cdcdelta.sink.table.TableSnapshot;
import java.util.Collection;

/** How a table says that keys of a topic move between its partitions, so that each task has to know all rows. */
public record SharedMode(String connector) {
    /** The transaction identifier whose presence says so. */
    public String id(String topic) {
        return connector + "|" + topic + "|shared";
    }

    public boolean isOn(TableSnapshot snapshot, Collection<String> topics) {
        return topics.stream().anyMatch(topic -> snapshot.transactions().containsKey(id(topic)));
    }
}
