package dev.cdcdelta.admin.reconcile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cdcdelta.admin.failure.CommandException;
import dev.cdcdelta.admin.failure.ExitCode;
import dev.cdcdelta.admin.topic.JsonPayload;
import dev.cdcdelta.admin.topic.TopicScan;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** What a reconciliation connector has written so far. A topic that does not exist yet holds nothing. */
public final class ReconcileTopics {
    private final TopicScan scan;
    private final Reconciler reconciler;

    public ReconcileTopics(TopicScan scan, Reconciler reconciler) {
        this.scan = scan;
        this.reconciler = reconciler;
    }

    /**
     * The run that the connector is at, or was at last.
     *
     * @param collections that it is to look at
     */
    public record Plan(String run, Set<String> collections) {}

    public Optional<Plan> plan() {
        String head = reconciler.name() + "|plan";
        List<String> found = new ArrayList<>();
        scan.read(reconciler.planTopic(), each -> {
            if (each.key() != null && new String(each.key(), StandardCharsets.UTF_8).equals(head)) {
                found.clear();
                if (each.value() != null) {
                    found.add(new String(each.value(), StandardCharsets.UTF_8));
                }
            }
            return true;
        });
        return found.stream().findFirst().map(this::plan);
    }

    private Plan plan(String text) {
        try {
            JsonNode plan = new ObjectMapper().readTree(text);
            Set<String> collections = new TreeSet<>();
            plan.path("pieces").fieldNames().forEachRemaining(collections::add);
            return new Plan(plan.path("run").asText(), collections);
        } catch (JsonProcessingException e) {
            throw otherForm(reconciler.planTopic(), e);
        }
    }

    /** Reports in the order in which they were written; of a run and collection the last. */
    public List<CollectionReport> reports(Predicate<CollectionReport> wanted) {
        Map<List<String>, CollectionReport> reports = new LinkedHashMap<>();
        read(reconciler.reportTopic(), record -> {
            CollectionReport report = CollectionReport.of(record);
            if (wanted.test(report)) {
                List<String> identity = List.of(report.run(), report.database(), report.collection());
                reports.remove(identity);
                reports.put(identity, report);
            }
        });
        return List.copyOf(reports.values());
    }

    /** The ranges of a run that are done; a range that was done again counts once. */
    public List<RangeReport> progress(String run) {
        Map<List<Object>, RangeReport> ranges = new LinkedHashMap<>();
        read(reconciler.progressTopic(), record -> {
            RangeReport range = RangeReport.of(record);
            if (range.run().equals(run)) {
                ranges.put(List.of(range.database(), range.collection(), range.range()), range);
            }
        });
        return List.copyOf(ranges.values());
    }

    /** Findings, each with its newest state, in the order in which they were first found. */
    public List<Difference> findings(Predicate<Difference> wanted) {
        Map<Difference.Identity, Difference> findings = new LinkedHashMap<>();
        read(reconciler.findingsTopic(), record -> {
            Difference finding = Difference.of(record);
            if (wanted.test(finding)) {
                findings.put(finding.identity(), finding);
            }
        });
        return List.copyOf(findings.values());
    }

    private void read(String topic, Consumer<JsonNode> reader) {
        scan.read(topic, each -> {
            if (each.value() != null) {
                JsonNode record = json(topic, each.value());
                if (reconciler.looksAt(
                        record.path("database").asText(), record.path("collection").asText())) {
                    reader.accept(record);
                }
            }
            return true;
        });
    }

    private static JsonNode json(String topic, byte[] value) {
        try {
            return JsonPayload.of(value);
        } catch (JsonProcessingException e) {
            throw otherForm(topic, e);
        }
    }

    private static CommandException otherForm(String topic, JsonProcessingException e) {
        return new CommandException(
                ExitCode.REFUSED,
                "Topic " + topic + " does not hold JSON.",
                e.getOriginalMessage(),
                "Give the reconciliation connector JSON converters (value.converter), which its repairs need too.",
                e);
    }
}
