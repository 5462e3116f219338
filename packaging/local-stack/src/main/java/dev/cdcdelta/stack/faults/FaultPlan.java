package dev.cdcdelta.stack.faults;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** Decides what befalls each request; asked by several threads. */
public interface FaultPlan {
    FaultPlan NONE = request -> Optional.empty();

    Optional<Fault> next(StoreRequest request);

    /** The fault for the first requests that the condition holds for. */
    static FaultPlan times(int times, Predicate<StoreRequest> condition, Fault fault) {
        AtomicInteger left = new AtomicInteger(times);
        return request -> condition.test(request) && left.getAndDecrement() > 0 ? Optional.of(fault) : Optional.empty();
    }

    /** The fault for every request that the condition holds for. */
    static FaultPlan always(Predicate<StoreRequest> condition, Fault fault) {
        return request -> condition.test(request) ? Optional.of(fault) : Optional.empty();
    }

    /** The first of both plans that has a fault. */
    default FaultPlan or(FaultPlan other) {
        return request -> next(request).or(() -> other.next(request));
    }
}
