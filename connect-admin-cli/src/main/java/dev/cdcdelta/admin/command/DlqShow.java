package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.deadletter.DeadLetter;
import dev.cdcdelta.admin.deadletter.DeadLetterQueue;
import dev.cdcdelta.admin.deadletter.LetterView;
import dev.cdcdelta.admin.failure.CommandException;
import dev.cdcdelta.admin.failure.ExitCode;
import dev.cdcdelta.admin.output.Report;
import dev.cdcdelta.admin.topic.TopicScan;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** One letter. */
@Command(name = "show", description = "Show all that Connect says of one dead letter.")
final class DlqShow implements Callable<Integer> {
    @Mixin
    private DlqTarget target = new DlqTarget();

    @Option(
            names = "--place",
            required = true,
            paramLabel = "PARTITION:OFFSET",
            description = "Place in the queue, as 'dlq list' shows it.")
    private String place = "";

    @Option(names = "--payload", description = "Show key, value and the whole stack trace too: somebody's data.")
    private boolean payload;

    @Mixin
    private ContextOptions where = new ContextOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        DeadLetter.Place wanted = DlqOptions.place(place);
        DlqTarget.Target found = target.resolve(where);
        List<DeadLetter> letters = new ArrayList<>();
        try (TopicScan scan = TopicScan.connect(DlqTarget.kafka(where.context()))) {
            new DeadLetterQueue(scan, found.topic()).letters(letter -> {
                if (letter.place().equals(wanted)) {
                    letters.add(letter);
                }
            });
        }
        if (letters.isEmpty()) {
            throw new CommandException(
                    ExitCode.NOT_FOUND,
                    "There is no dead letter at " + place + " of " + found.topic() + ".",
                    "It has expired, or something else lies there.",
                    "'dlq list' shows the places.");
        }
        output.write(new Report.Facts(LetterView.of(letters.get(0), payload)));
        return ExitCode.OK.number();
    }
}
