package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.deadletter.DeadLetterQueue;
import dev.cdcdelta.admin.deadletter.LetterCounts;
import dev.cdcdelta.admin.deadletter.LetterFilter;
import dev.cdcdelta.admin.failure.ExitCode;
import dev.cdcdelta.admin.output.Report;
import dev.cdcdelta.admin.topic.TopicScan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Letters by reason, and one by one. */
@Command(
        name = "list",
        description = {
            "Show how many dead letters there are of each reason, and the newest of them.",
            "",
            "A letter is open until a replay has marked it replayed, or superseded by a newer change. The whole queue is read.",
            ""
        })
final class DlqList implements Callable<Integer> {
    @Mixin
    private DlqTarget target = new DlqTarget();

    @Mixin
    private DlqOptions which = new DlqOptions();

    @Option(names = "--limit", defaultValue = "20", paramLabel = "N", description = "Most letters shown one by one (20).")
    private int limit;

    @Mixin
    private ContextOptions where = new ContextOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        DlqTarget.Target found = target.resolve(where);
        LetterFilter filter = which.filter(found.connector(), Optional.empty());
        try (TopicScan scan = TopicScan.connect(DlqTarget.kafka(where.context()))) {
            DeadLetterQueue queue = new DeadLetterQueue(scan, found.topic());
            LetterCounts counts = new LetterCounts(queue.marks(), Math.max(0, limit));
            queue.letters(letter -> {
                if (filter.matches(letter)) {
                    counts.add(letter);
                }
            });
            output.write(Report.Sections.of("reasons", reasons(counts)).and("letters", letters(counts)));
        }
        return ExitCode.OK.number();
    }

    private static Report reasons(LetterCounts counts) {
        List<List<Object>> rows = new ArrayList<>();
        counts.counts()
                .forEach(count -> rows.add(List.of(
                        count.topic(),
                        count.stage(),
                        count.letters(),
                        count.open(),
                        count.oldest(),
                        count.newest(),
                        count.reason())));
        return new Report.Rows(List.of("topic", "stage", "letters", "open", "oldest", "newest", "reason"), rows);
    }

    private static Report letters(LetterCounts counts) {
        List<List<Object>> rows = new ArrayList<>();
        counts.newest()
                .forEach(line -> rows.add(List.of(
                        line.place().toString(),
                        line.time(),
                        line.state(),
                        line.origin().topic(),
                        line.origin().partition(),
                        line.origin().offset(),
                        line.reason().message())));
        return new Report.Rows(List.of("place", "time", "state", "topic", "partition", "offset", "reason"), rows);
    }
}
