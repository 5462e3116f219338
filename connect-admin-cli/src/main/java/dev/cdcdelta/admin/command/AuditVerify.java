package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.failure.CommandException;
import dev.cdcdelta.admin.failure.ExitCode;
import dev.cdcdelta.admin.output.Report;
import dev.cdcdelta.admin.topic.TopicScan;
import dev.cdcdelta.worker.audit.AuditVerifier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whether the audit log is whole. */
@Command(
        name = "verify",
        description = {
            "Check that no line of the audit log was changed, taken out or put in.",
            "",
            "Each start of a worker writes a chain of its own. A chain without an end is that of a worker that runs or was killed: lines"
                    + " cut off its end do not show. The key of the hashes, where there is one, is taken from the environment variable"
                    + " AUDIT_KEY. Ends with 1 if the log is not whole.",
            ""
        })
final class AuditVerify implements Callable<Integer> {
    private static final String KEY_VARIABLE = "AUDIT_KEY";

    @ArgGroup(exclusive = true, multiplicity = "1")
    private Source source = new Source();

    private static final class Source {
        @Option(names = "--topic", paramLabel = "TOPIC", description = "Topic of audit lines.")
        private @Nullable String topic;

        @Option(names = "--file", paramLabel = "FILE", description = "File of audit lines.")
        private @Nullable Path file;
    }

    @Mixin
    private ContextOptions where = new ContextOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        AuditVerifier verifier = new AuditVerifier(where.environment().get(KEY_VARIABLE));
        if (source.file != null) {
            read(source.file, verifier);
        } else {
            read(String.valueOf(source.topic), verifier);
        }
        AuditVerifier.Report report = verifier.report();
        List<List<Object>> chains = new ArrayList<>();
        report.chains().forEach((name, closed) -> chains.add(List.of(name, closed ? "closed" : "open")));
        List<List<Object>> findings = new ArrayList<>();
        report.findings().forEach(finding -> findings.add(List.of(finding)));
        output.write(Report.Sections.of(
                        "log",
                        new Report.Facts(java.util.Map.of(
                                "lines", report.lines(), "result", report.isWhole() ? "whole" : "not whole")))
                .and("chains", new Report.Rows(List.of("chain", "end"), chains))
                .and("findings", new Report.Rows(List.of("finding"), findings)));
        return (report.isWhole() ? ExitCode.OK : ExitCode.CHECK_FAILED).number();
    }

    private static void read(Path file, AuditVerifier verifier) {
        try (Stream<String> lines = Files.lines(file)) {
            lines.forEach(verifier::read);
        } catch (IOException | UncheckedIOException e) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "The file " + file + " cannot be read as lines of text.",
                    e.getClass().getSimpleName(),
                    "Check its name, its permissions, and that it is UTF-8.",
                    e);
        }
    }

    private void read(String topic, AuditVerifier verifier) {
        try (TopicScan scan = TopicScan.connect(DlqTarget.kafka(where.context()))) {
            boolean exists = scan.read(topic, each -> {
                if (each.value() != null) {
                    verifier.read(new String(each.value(), StandardCharsets.UTF_8));
                }
                return true;
            });
            if (!exists) {
                throw new CommandException(
                        ExitCode.NOT_FOUND,
                        "There is no topic " + topic + ".",
                        "",
                        "Name the one of rest.security.audit.topic.");
            }
        }
    }
}
