package dev.cdcdelta.bench.peers;

import dev.cdcdelta.bench.limits.Limits;
import java.util.List;
import java.util.Optional;

/** One measurement of each contender, and of what nobody gets around. */
public record Round(List<Run> runs, Limits.Figures limits) {
    public Round {
        runs = List.copyOf(runs);
    }

    /** Empty for a contender that was left out. */
    public Optional<Run> of(Contender contender) {
        return runs.stream().filter(run -> run.contender() == contender).findFirst();
    }

    /** How many times the records a second of one contender those of another are. */
    public Optional<Double> speedRatio(Contender one, Contender other) {
        return of(one).flatMap(first -> of(other).map(second -> first.recordsPerSecond() / second.recordsPerSecond()));
    }

    /** What a record takes of processors, as a multiple of parsing it and writing it to Parquet. */
    public Optional<Double> toFloor(Contender contender) {
        return of(contender).map(run -> run.cpuPerMillion() / limits.floorPerMillion());
    }
}
