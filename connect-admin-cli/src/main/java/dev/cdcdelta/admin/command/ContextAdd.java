package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.context.ContextKey;
import dev.cdcdelta.admin.context.ContextValues;
import dev.cdcdelta.admin.context.Contexts;
import dev.cdcdelta.admin.context.ContextsFile;
import dev.cdcdelta.admin.failure.CommandException;
import dev.cdcdelta.admin.failure.ExitCode;
import dev.cdcdelta.admin.output.Report;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Adds a context to the file. */
@Command(
        name = "add",
        description = {
            "Add a context; the first one becomes the current one.",
            "",
            "Keys are those of the file, for example",
            "  connect-admin-cli context add prod connectUrl=https://connect:8083 user=ann password=env:CONNECT_PASSWORD",
            "A secret is given by its place: file:/path, env:NAME or command:WORDS, whose first line it is.",
            ""
        })
final class ContextAdd implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "CONTEXT", description = "Name of the context.")
    private String name = "";

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "KEY=VALUE",
            completionCandidates = Keys.class,
            description = "What the context says.")
    private List<String> settings = new ArrayList<>();

    @Option(names = "--replace", description = "Replace a context of this name.")
    private boolean replace;

    @Mixin
    private ContextsOptions contexts = new ContextsOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    /** The keys, ready for a value. */
    static final class Keys implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(ContextKey.values())
                    .map(key -> key.label() + "=")
                    .iterator();
        }
    }

    @Override
    public Integer call() {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*") || name.endsWith(".json")) {
            throw CommandException.usage(
                    "'" + name + "' cannot name a context: it would look like a file or an option.",
                    "Use letters, digits, points, hyphens and underscores.");
        }
        ContextsFile file = contexts.file();
        Contexts all = file.read();
        if (!replace && all.find(name).isPresent()) {
            throw CommandException.usage(
                    "There is a context '" + name + "' already.", "Give --replace, or another name.");
        }
        ContextValues values = file.values(texts());
        values.requireConsistent();
        Contexts changed = all.with(name, values);
        file.write(changed);
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("context", name);
        facts.put("current", name.equals(changed.current()));
        facts.put("file", file.path().toString());
        output.write(new Report.Facts(facts));
        return ExitCode.OK.number();
    }

    private Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            if (equals < 1) {
                throw CommandException.usage(
                        "A setting of a context is KEY=VALUE; one has no '=' behind a key.",
                        "For example connectUrl=https://connect:8083.");
            }
            texts.put(setting.substring(0, equals), setting.substring(equals + 1));
        }
        return texts;
    }
}
