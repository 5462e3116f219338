package dev.cdcdelta.admin.offsets;

import dev.cdcdelta.admin.failure.CommandException;
import dev.cdcdelta.admin.rest.ConnectorOffsets.Entry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What would change about a connector's offsets. Only places that it has already are changed, in the form that they have. */
public record OffsetPlan(List<Step> steps) {
    private static final String TOPIC = "kafka_topic";
    private static final String PARTITION = "kafka_partition";
    private static final String OFFSET = "kafka_offset";

    /**
     * One place.
     *
     * @param after null where the place is forgotten
     */
    public record Step(
            Map<String, Object> partition,
            @Nullable Map<String, Object> before,
            @Nullable Map<String, Object> after) {
        public boolean changes() {
            return !Objects.equals(String.valueOf(before), String.valueOf(after));
        }

        Entry entry() {
            return new Entry(partition, after);
        }
    }

    public OffsetPlan {
        steps = List.copyOf(steps);
    }

    /** Every place is forgotten. */
    public static OffsetPlan reset(List<Entry> now) {
        return new OffsetPlan(now.stream()
                .map(each -> new Step(each.partition(), each.offset(), null))
                .toList());
    }

    /**
     * Places of a sink, each as {@code topic:partition=offset}.
     *
     * @throws CommandException if one is of another form, or of a place that the connector does not have
     */
    public static OffsetPlan ofSink(List<Entry> now, List<String> wanted) {
        List<Entry> entries = new ArrayList<>();
        for (String text : wanted) {
            int equals = text.lastIndexOf('=');
            int colon = text.lastIndexOf(':', Math.max(0, equals));
            if (colon < 1
                    || !text.substring(colon + 1, equals).matches("\\d{1,9}")
                    || !text.substring(equals + 1).matches("\\d{1,18}")) {
                throw CommandException.usage(
                        "'" + text + "' is no place of a sink.", "Give topic:partition=offset, such as shop.shop.orders:0=42.");
            }
            Map<String, Object> partition = new LinkedHashMap<>();
            partition.put(TOPIC, text.substring(0, colon));
            partition.put(PARTITION, Integer.parseInt(text.substring(colon + 1, equals)));
            entries.add(new Entry(partition, Map.of(OFFSET, Long.parseLong(text.substring(equals + 1)))));
        }
        return of(now, entries);
    }

    /**
     * Places in the form in which Connect tells them.
     *
     * @throws CommandException if the connector does not have one of them, or has it in another form
     */
    public static OffsetPlan of(List<Entry> now, List<Entry> wanted) {
        List<Step> steps = new ArrayList<>();
        for (Entry entry : wanted) {
            Entry known = now.stream()
                    .filter(each -> sameText(each.partition(), entry.partition()))
                    .findFirst()
                    .orElseThrow(() -> CommandException.usage(
                            "The connector has no place " + entry.partition() + ".",
                            "'offsets show' lists the places that it has: " + known(now) + "."));
            requireSameForm(known, entry);
            steps.add(new Step(known.partition(), known.offset(), entry.offset()));
        }
        return new OffsetPlan(steps);
    }

    /** JSON's numbers come as ints or longs. */
    private static boolean sameText(Map<String, Object> a, Map<String, Object> b) {
        return a.keySet().equals(b.keySet())
                && a.keySet().stream().allMatch(key -> String.valueOf(a.get(key)).equals(String.valueOf(b.get(key))));
    }

    private static String known(List<Entry> now) {
        return now.isEmpty() ? "none" : String.join(", ", now.stream().map(each -> each.partition().toString()).toList());
    }

    private static void requireSameForm(Entry known, Entry wanted) {
        Map<String, Object> before = known.offset();
        Map<String, Object> after = wanted.offset();
        if (before == null || after == null) {
            return;
        }
        for (Map.Entry<String, Object> field : after.entrySet()) {
            Object old = before.get(field.getKey());
            boolean sameKind = old == null
                    || field.getValue() == null
                    || old instanceof Number == field.getValue() instanceof Number
                            && old instanceof String == field.getValue() instanceof String;
            if (!before.containsKey(field.getKey()) || !sameKind) {
                throw CommandException.usage(
                        "The offset of " + known.partition() + " has no field '" + field.getKey() + "' of that kind.",
                        "Keep the form that 'offsets show -o json' shows: " + before.keySet() + ".");
            }
        }
    }

    /** The place of a sink as Kafka knows it; empty for one of a source. */
    public static Optional<org.apache.kafka.common.TopicPartition> topicPartition(Map<String, Object> partition) {
        return partition.get(TOPIC) instanceof String topic && partition.get(PARTITION) instanceof Number number
                ? Optional.of(new org.apache.kafka.common.TopicPartition(topic, number.intValue()))
                : Optional.empty();
    }

    /** The offset of a sink's place; empty if it has none. */
    public static Optional<Long> kafkaOffset(@Nullable Map<String, Object> offset) {
        return offset != null && offset.get(OFFSET) instanceof Number number
                ? Optional.of(number.longValue())
                : Optional.empty();
    }

    public boolean isEmpty() {
        return steps.stream().noneMatch(Step::changes);
    }
}
