package dev.cdcdelta.sink.merge;

/** Is told of each commit by the flush thread that made it. It must not fail: the commit is durable. */
@FunctionalInterface
public interface CommitListener {
    /** Nobody listens. */
    CommitListener NONE = report -> {};

    void committed(CommitReport report);
}
