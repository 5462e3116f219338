package dev.cdcdelta.worker.route;

import dev.cdcdelta.worker.token.Role;

/** What a route asks of who calls it. */
public sealed interface Requirement {
    /** A signature of another worker, which the worker itself checks. */
    record WorkerSignature() implements Requirement {}

    /** Nothing, or a role where that is configured. */
    record Probe() implements Requirement {}

    /** A token with this role or a higher one. */
    record AtLeast(Role role) implements Requirement {}

    /** An Administrator; an Operator, where nothing but triggers is changed. */
    record Trigger() implements Requirement {}
}
