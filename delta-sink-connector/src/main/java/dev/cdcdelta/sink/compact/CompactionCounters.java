package dev.cdcdelta.sink.compact;

import java.util.concurrent.atomic.LongAdder;

/** What a task's compactions have come to since it started. */
public final class CompactionCounters {
    private final LongAdder installed = new LongAdder();
    private final LongAdder abandoned = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder rows = new LongAdder();
    private final LongAdder removedFiles = new LongAdder();
    private final LongAdder addedFiles = new LongAdder();

    void add(InstallResult result) {
        if (result.installed()) {
            installed.increment();
            rows.add(result.rows());
            removedFiles.add(result.removedFiles());
            addedFiles.add(result.addedFiles());
        } else {
            abandoned.increment();
        }
    }

    void addFailure() {
        failed.increment();
    }

    public long installed() {
        return installed.sum();
    }

    /** Compactions whose files somebody else changed in a way that left nothing to install. */
    public long abandoned() {
        return abandoned.sum();
    }

    public long failed() {
        return failed.sum();
    }

    public long rows() {
        return rows.sum();
    }

    public long removedFiles() {
        return removedFiles.sum();
    }

    public long addedFiles() {
        return addedFiles.sum();
    }
}
