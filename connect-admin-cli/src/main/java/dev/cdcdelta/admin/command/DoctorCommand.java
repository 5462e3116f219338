package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.doctor.Diagnosis;
import dev.cdcdelta.admin.doctor.Examination;
import dev.cdcdelta.admin.failure.ExitCode;
import dev.cdcdelta.admin.output.Report;
import dev.cdcdelta.admin.pipeline.Pipeline;
import dev.cdcdelta.admin.pipeline.PipelineName;
import dev.cdcdelta.admin.rest.Connectors;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Everything from MongoDB to the table. */
@Command(
        name = "doctor",
        description = {
            "Check everything from MongoDB to the table, and say what is wrong and what to do.",
            "",
            "Each check ends as ok, warning, failed or skipped; what is skipped says why. Ends with 1 if a check failed. Nothing is"
                    + " changed, but for two small files that a probe puts into the warehouse and takes away again.",
            ""
        })
final class DoctorCommand implements Callable<Integer> {
    private static final long MEGABYTE = 1 << 20;

    @Parameters(
            paramLabel = "PIPELINE",
            arity = "0..1",
            completionCandidates = NameCompletion.Pipelines.class,
            description = "Name of a pipeline; all of them without.")
    private @Nullable String name;

    @Option(
            names = "--worker-heap",
            paramLabel = "MEGABYTES",
            description = "Heap of each worker (its -Xmx), which Connect does not tell, to hold the sinks' buffers against.")
    private @Nullable Long heap;

    @Mixin
    private ContextOptions where = new ContextOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        var examination = new Examination();
        OptionalLong bytes = heap == null ? OptionalLong.empty() : OptionalLong.of(heap * MEGABYTE);
        try (var consultation = new Consultation(where, examination, Clock.systemUTC())) {
            Map<PipelineName, Pipeline> pipelines = new LinkedHashMap<>();
            if (consultation.connect(bytes)) {
                if (name == null) {
                    pipelines.putAll(Pipeline.among(new Connectors(where.connect()).all()));
                } else {
                    pipelines.put(new PipelineName(name), PipelineLookup.require(where.connect(), name));
                }
            }
            consultation.mongodb(List.copyOf(pipelines.values()));
            consultation.storage();
            pipelines.values().forEach(consultation::pipeline);
        }
        output.write(rows(examination), forPeople(examination));
        return (examination.hasFailures() ? ExitCode.CHECK_FAILED : ExitCode.OK).number();
    }

    private static Report rows(Examination examination) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (Examination.Entry entry : examination.entries()) {
            Diagnosis found = entry.diagnosis();
            rows.add(Arrays.asList(
                    entry.subject(),
                    found.check(),
                    found.outcome().toString(),
                    found.problem(),
                    found.cause(),
                    found.remedy()));
        }
        return new Report.Rows(List.of("subject", "check", "result", "problem", "cause", "remedy"), rows);
    }

    /** The list of checks, then what is to be done, in whole sentences. */
    private static Report forPeople(Examination examination) {
        List<List<Object>> rows = new ArrayList<>();
        Map<String, Report> parts = new LinkedHashMap<>();
        for (Examination.Entry entry : examination.entries()) {
            Diagnosis found = entry.diagnosis();
            rows.add(List.of(entry.subject(), found.check(), found.outcome().toString(), found.problem()));
        }
        parts.put("checks", new Report.Rows(List.of("subject", "check", "result", "finding"), rows));
        int number = 0;
        for (Examination.Entry entry : examination.entries()) {
            Diagnosis found = entry.diagnosis();
            if (!found.isOk() && !found.remedy().isEmpty()) {
                number++;
                parts.put(
                        number + ". " + entry.subject() + ": " + found.check() + " (" + found.outcome() + ")",
                        new Report.Facts(facts(found)));
            }
        }
        return new Report.Sections(parts);
    }

    private static Map<String, Object> facts(Diagnosis found) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("problem", found.problem());
        if (!found.cause().isEmpty()) {
            facts.put("cause", found.cause());
        }
        facts.put("remedy", found.remedy());
        return facts;
    }
}
