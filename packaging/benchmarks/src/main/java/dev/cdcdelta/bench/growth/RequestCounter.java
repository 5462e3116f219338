package dev.cdcdelta.bench.growth;

import dev.cdcdelta.stack.faults.Fault;
import dev.cdcdelta.stack.faults.FaultPlan;
import dev.cdcdelta.stack.faults.StoreRequest;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Lets every request to a store pass and counts them by what they are about. */
public final class RequestCounter implements FaultPlan {
    private final Map<String, Integer> counts = new TreeMap<>();

    @Override
    public synchronized Optional<Fault> next(StoreRequest request) {
        counts.merge(kind(request), 1, Integer::sum);
        return Optional.empty();
    }

    /** What was counted since the last call. */
    synchronized Map<String, Integer> take() {
        Map<String, Integer> taken = new TreeMap<>(counts);
        counts.clear();
        return taken;
    }

    private static String kind(StoreRequest request) {
        if (request.method().equals("GET") && !request.gets()) {
            return "LIST";
        }
        if (!request.path().contains("/_delta_log/")) {
            return request.method() + " data";
        }
        return request.method() + (request.path().matches(".*/\\d{20}\\.json") ? " commit" : " log");
    }
}
