package dev.cdcdelta.admin.doctor;

import dev.cdcdelta.admin.failure.CommandException;
import dev.cdcdelta.admin.failure.UrlPasswords;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.KafkaException;

/** Runs checks in groups. Where the first of a group does not get through, the others would only say so again: they are skipped. */
public final class Examination {
    private final List<Entry> entries = new ArrayList<>();

    /**
     * One answer.
     *
     * @param subject the pipeline or the system that was looked at
     */
    public record Entry(String subject, Diagnosis diagnosis) {}

    /** @param gate the check on which all others of the group depend */
    public void group(String subject, Check gate, List<Check> others) {
        boolean open = run(subject, gate);
        for (Check check : others) {
            if (open) {
                run(subject, check);
            } else {
                entries.add(new Entry(
                        subject,
                        Diagnosis.skipped(
                                check.name(), "Nothing can be said as long as '" + gate.name() + "' is not ok.", "")));
            }
        }
    }

    /** False if the check was skipped, or could not see what it was to look at. */
    private boolean run(String subject, Check check) {
        List<Diagnosis> found;
        boolean seen = true;
        try {
            found = check.run();
        } catch (CommandException e) {
            found = List.of(Diagnosis.failed(check.name(), String.valueOf(e.getMessage()), e.reason(), e.remedy()));
            seen = false;
        } catch (KafkaException e) {
            // The sink's own layers throw these, for a storage that fails and for a table that cannot be read.
            found = List.of(Diagnosis.failed(
                    check.name(),
                    String.valueOf(e.getMessage()),
                    e.getCause() == null ? "" : e.getCause().toString(),
                    "Check the warehouse, its endpoint and its keys in the context."));
            seen = false;
        }
        found.forEach(each -> entries.add(new Entry(subject, shown(each))));
        return seen && found.stream().noneMatch(each -> each.outcome() == Diagnosis.Outcome.SKIPPED);
    }

    private static Diagnosis shown(Diagnosis found) {
        return new Diagnosis(
                found.check(),
                found.outcome(),
                UrlPasswords.hide(found.problem()),
                UrlPasswords.hide(found.cause()),
                UrlPasswords.hide(found.remedy()));
    }

    public List<Entry> entries() {
        return List.copyOf(entries);
    }

    public boolean hasFailures() {
        return entries.stream().anyMatch(entry -> entry.diagnosis().outcome() == Diagnosis.Outcome.FAILED);
    }
}
