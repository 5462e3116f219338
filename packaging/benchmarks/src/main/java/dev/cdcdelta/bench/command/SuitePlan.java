package dev.cdcdelta.bench.command;

import java.util.List;

/** The suites one after the other, with how much each measures. */
enum SuitePlan {
    /** Under ten minutes on two cores. */
    SHORT(List.of(
            "limits --events 100000",
            "smt --rounds 1 --seconds 3",
            "requests --commits 30",
            "keys --keys 4000000 --rounds 10",
            "growth --keys-small 20000 --keys-large 400000 --updates 10000 --repetitions 3 --commits 600",
            "lag --rates 1000,10000 --intervals 1000,5000 --seconds 10",
            "sink --s3 --keys 30000 --events 150000",
            "torture --events 5000 --kills 1 --seed 1",
            "peers --rounds 1 --keys 100000 --warm-up 60000 --events 200000 --interval 5000")),
    /** Some hours: what the targets are about. */
    LONG(List.of(
            "limits --events 1000000",
            "smt",
            "requests",
            "keys",
            "growth",
            "lag",
            "sink --s3 --keys 1000000 --events 1000000",
            "sink --profile ZIPF --keys 1000000 --events 1000000",
            "sink --tasks 1 --keys 1000000 --events 1000000",
            "sink --keys 10000000 --events 1000000",
            "sink --size SMALL --keys 1000000 --events 2000000",
            "sink --size LARGE --keys 1000000 --events 500000",
            "torture --events 200000 --kills 20 --seed 1",
            "peers",
            "peers --keys 5000000 --rounds 1 --only OURS_UPSERT,SPARK_MERGE"));

    private final List<String> suites;

    SuitePlan(List<String> suites) {
        this.suites = suites;
    }

    /** The arguments of each. */
    List<List<String>> commands() {
        return suites.stream().map(suite -> List.of(suite.split(" "))).toList();
    }
}
