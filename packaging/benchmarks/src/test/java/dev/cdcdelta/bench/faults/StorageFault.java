package dev.cdcdelta.bench.faults;

import dev.cdcdelta.stack.faults.Fault;
import dev.cdcdelta.stack.faults.FaultPlan;
import dev.cdcdelta.stack.faults.StoreRequest;
import java.time.Duration;
import java.util.function.Supplier;

/** What an S3 server does to a sink for some seconds. */
enum StorageFault {
    BURST_OF_503(() -> FaultPlan.times(40, request -> true, new Fault.Answer(503, "SlowDown"))),
    COMMIT_STORED_BUT_ANSWERED_500(
            () -> FaultPlan.times(2, StorageFault::isCommit, new Fault.AnswerAfterwards(500, "InternalError"))),
    COMMIT_ANSWERED_409(
            () -> FaultPlan.times(2, StorageFault::isCommit, new Fault.Answer(409, "ConditionalRequestConflict"))),
    DATA_STORED_BUT_ANSWERED_503(
            () -> FaultPlan.times(2, request -> request.puts(".parquet"), new Fault.AnswerAfterwards(503, "SlowDown"))),
    CONNECTION_RESET_IN_DATA(() -> FaultPlan.times(3, request -> request.puts(".parquet"), new Fault.Reset(700))),
    CONNECTION_RESET_IN_COMMIT(() -> FaultPlan.times(2, StorageFault::isCommit, new Fault.Reset(50))),
    HANG(() -> FaultPlan.times(2, request -> true, new Fault.Hang(Duration.ofSeconds(8)))),
    SLOW_READS(() -> FaultPlan.times(30, StoreRequest::gets, new Fault.Slow(10_000))),
    ACCESS_DENIED(() -> FaultPlan.always(request -> true, new Fault.Answer(403, "AccessDenied"))),
    BUCKET_GONE(() -> FaultPlan.always(request -> true, new Fault.Answer(404, "NoSuchBucket")));

    private final Supplier<FaultPlan> plans;

    StorageFault(Supplier<FaultPlan> plans) {
        this.plans = plans;
    }

    /** A plan that has not struck yet. */
    FaultPlan plan() {
        return plans.get();
    }

    /** Whether an operator has to see to it, so that a task may end with a message. */
    boolean mayStopTheTask() {
        return this == ACCESS_DENIED || this == BUCKET_GONE;
    }

    /** Whether it shows only where a task opens its table: one that has it open hardly reads. */
    boolean needsTasksThatStart() {
        return this == SLOW_READS;
    }

    private static boolean isCommit(StoreRequest request) {
        return request.isBelow("/_delta_log/") && request.puts(".json");
    }
}
