package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.context.ContextKey;
import dev.cdcdelta.admin.context.Contexts;
import dev.cdcdelta.admin.failure.ExitCode;
import dev.cdcdelta.admin.output.Report;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** One line a context. */
@Command(name = "list", description = "List the contexts.")
final class ContextList implements Callable<Integer> {
    @Mixin
    private ContextsOptions contexts = new ContextsOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        Contexts all = contexts.file().read();
        List<List<@Nullable Object>> rows = new ArrayList<>();
        all.byName()
                .forEach((name, values) -> rows.add(Arrays.asList(
                        name,
                        name.equals(all.current()),
                        values.text(ContextKey.CONNECT_URL),
                        values.loginKind(),
                        values.text(ContextKey.WAREHOUSE))));
        output.write(new Report.Rows(List.of("context", "current", "connectUrl", "login", "warehouse"), rows));
        return ExitCode.OK.number();
    }
}
