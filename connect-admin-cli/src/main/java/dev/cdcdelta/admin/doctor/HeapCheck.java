package dev.cdcdelta.admin.doctor;

import dev.cdcdelta.admin.rest.ConnectorStatus;
import dev.cdcdelta.sink.config.SinkConfigDef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** The buffers of the sink's tasks fit into the workers' heaps. Connect's REST API does not tell how large those are. */
public final class HeapCheck implements Check {
    private static final long MEGABYTE = 1 << 20;

    /** Connect, Debezium and the plugins' classes, without data. */
    private static final long WORKER = 256 * MEGABYTE;

    /** What flushes take on top, by the documentation of {@code buffer.max.bytes}, and room for the collector. */
    private static final double OVERHEAD = 1.25 * 1.3;

    private final List<Sink> sinks;
    private final OptionalLong heap;

    /** A sink connector that runs. */
    public record Sink(Map<String, String> config, ConnectorStatus status) {}

    /**
     * Counts all sinks, since workers share them.
     *
     * @param heap of each worker, in bytes, as the user says
     */
    public HeapCheck(List<Sink> sinks, OptionalLong heap) {
        this.sinks = List.copyOf(sinks);
        this.heap = heap;
    }

    @Override
    public String name() {
        return "heap";
    }

    @Override
    public List<Diagnosis> run() {
        Map<String, Long> byWorker = new TreeMap<>();
        for (Sink sink : sinks) {
            for (ConnectorStatus.Part task : sink.status().tasks()) {
                byWorker.merge(task.workerId(), Math.round(buffer(sink.config()) * OVERHEAD), Long::sum);
            }
        }
        if (byWorker.isEmpty()) {
            return List.of(Diagnosis.skipped(name(), "No task of a sink runs, so none takes memory.", ""));
        }
        List<Diagnosis> all = new ArrayList<>();
        byWorker.forEach((worker, buffers) -> all.add(of(worker, WORKER + buffers)));
        return all;
    }

    private Diagnosis of(String worker, long needed) {
        String estimate = "The sinks' tasks on " + worker + " may need a heap of " + needed / MEGABYTE + " MB";
        if (heap.isEmpty()) {
            return Diagnosis.skipped(
                    name(),
                    estimate + ". Connect does not tell how large its heap is.",
                    "Give --worker-heap MEGABYTES to hold it against.");
        }
        return heap.getAsLong() < needed
                ? Diagnosis.failed(
                        name(),
                        estimate + ", and it has " + heap.getAsLong() / MEGABYTE + " MB.",
                        "The worker may run out of memory when all buffers are full.",
                        "Raise the heap (KAFKA_HEAP_OPTS=-Xmx…), or lower buffer.max.bytes or tasks.max of the sinks.")
                : Diagnosis.ok(name(), estimate + ", and it has " + heap.getAsLong() / MEGABYTE + " MB.");
    }

    private static long buffer(Map<String, String> config) {
        String set = config.get(SinkConfigDef.BUFFER_MAX_BYTES);
        Object standard = SinkConfigDef.definition().defaultValues().get(SinkConfigDef.BUFFER_MAX_BYTES);
        return Long.parseLong(set != null && set.matches("\\d{1,18}") ? set : String.valueOf(standard));
    }
}
