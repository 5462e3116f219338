package dev.cdcdelta.sink.task;

import dev.cdcdelta.sink.change.ChangeReader;
import dev.cdcdelta.sink.config.SinkSettings;
import dev.cdcdelta.sink.config.TableLayout;
import dev.cdcdelta.sink.index.KeyIndexes;
import dev.cdcdelta.sink.merge.Committer;
import dev.cdcdelta.sink.merge.RetryPolicy;
import dev.cdcdelta.sink.merge.TableAccess;
import dev.cdcdelta.sink.merge.TransactionIds;
import dev.cdcdelta.sink.routing.TableRouter;
import dev.cdcdelta.sink.schema.SchemaPlanner;
import dev.cdcdelta.sink.schema.TableKind;
import dev.cdcdelta.sink.table.DeltaTable;
import dev.cdcdelta.sink.table.DeltaTables;
import java.time.Clock;
import org.apache.kafka.connect.sink.SinkTaskContext;

/** What a running task is made of beside its settings: the world around it, which tests replace in part. */
public record SinkParts(Clock clock, Committer committer, RetryPolicy retries) {
    public static SinkParts real() {
        return new SinkParts(Clock.systemUTC(), DeltaTable::commit, RetryPolicy.DEFAULT);
    }

    /**
     * Starts a task.
     *
     * @throws org.apache.kafka.common.config.ConfigException if the warehouse cannot be used as it is configured
     */
    public SinkRun start(SinkSettings settings, SinkTaskContext context) {
        TableLayout layout = settings.layout();
        DeltaTables storage = new DeltaTables(settings.hadoop().values());
        try {
            storage.probe(layout.warehouse());
        } catch (RuntimeException e) {
            storage.close();
            throw e;
        }
        TableAccess access = new TableAccess(
                storage,
                new KeyIndexes(),
                new TransactionIds(settings.connector()),
                layout.properties(),
                committer,
                retries,
                clock);
        TableSinks tables = new TableSinks(
                new TableRouter(layout.warehouse(), layout.topics(), layout.name()),
                access,
                new SchemaPlanner(settings.schema().growth(), settings.schema().conflicts(), TableKind.DOCUMENTS),
                settings.schema().conflicts());
        return new SinkRun(
                context,
                settings.flush(),
                new ChangeReader(settings.schema().conflicts(), tables::documentType),
                new ErrantRecords(context.errantRecordReporter()),
                tables,
                new FlushTimer(clock, settings.flush().interval()));
    }
}
