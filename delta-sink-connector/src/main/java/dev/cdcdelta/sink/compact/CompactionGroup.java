package dev.cdcdelta.sink.compact;

import dev.cdcdelta.sink.table.DataFile;
import java.util.List;

/** Files whose live rows are to be written anew, together; they have tags and partition values in common. Never empty. */
public record CompactionGroup(List<DataFile> files) {
    public CompactionGroup {
        files = List.copyOf(files);
    }

    public long liveRows() {
        return files.stream().mapToLong(LiveShare::rows).sum();
    }
}
