package dev.cdcdelta.admin.deadletter;

import dev.cdcdelta.admin.failure.CommandException;
import dev.cdcdelta.admin.failure.ExitCode;
import dev.cdcdelta.admin.topic.TopicScan;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** A queue's letters and marks. Each question reads the topic once; none keeps its values. */
public final class DeadLetterQueue {
    private final TopicScan scan;
    private final String topic;

    public DeadLetterQueue(TopicScan scan, String topic) {
        this.scan = scan;
        this.topic = topic;
    }

    public String topic() {
        return topic;
    }

    /** What became of the letters that something became of. */
    public Map<DeadLetter.Place, Mark.Outcome> marks() {
        Map<DeadLetter.Place, Mark.Outcome> marks = new HashMap<>();
        scan.read(topic, each -> {
            Mark.of(each).ifPresent(mark -> marks.put(mark.place(), mark.outcome()));
            return true;
        });
        return marks;
    }

    /** @throws CommandException if there is no such topic */
    public void letters(Consumer<DeadLetter> reader) {
        boolean exists = scan.read(topic, each -> {
            DeadLetter.of(each).ifPresent(reader);
            return true;
        });
        if (!exists) {
            throw new CommandException(
                    ExitCode.NOT_FOUND,
                    "There is no topic " + topic + ".",
                    "Connect creates a dead letter queue when its sink first starts.",
                    "Name the topic of errors.deadletterqueue.topic.name, with --topic or by its pipeline.");
        }
    }

    /** Letters that nothing has become of; 0 where there is no such topic. */
    public long open() {
        Map<DeadLetter.Place, Mark.Outcome> marks = marks();
        long[] open = new long[1];
        scan.read(topic, each -> {
            DeadLetter.of(each).filter(letter -> !marks.containsKey(letter.place())).ifPresent(letter -> open[0]++);
            return true;
        });
        return open[0];
    }
}
