package dev.cdcdelta.sink.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;

/** An attempt to commit, from its start until it is closed in the same thread; requests to the storage are its children. */
public interface CommitSpan extends AutoCloseable {
    /** Nobody listens. */
    CommitSpan NONE = new CommitSpan() {
        @Override
        public void durable() {}

        @Override
        public void failed(Throwable cause) {}

        @Override
        public void close() {}
    };

    /** The batch is in the table, which ends its span too. */
    void durable();

    void failed(Throwable cause);

    @Override
    void close();

    /** Spans that are exported. */
    final class Recorded implements CommitSpan {
        private final Span commit;
        private final Span batch;
        private final Scope scope;

        /** @param batch the span of the whole batch */
        // The scope is closed with this object, in the thread that made it.
        @SuppressWarnings("MustBeClosedChecker")
        Recorded(Span commit, Span batch) {
            this.commit = commit;
            this.batch = batch;
            this.scope = commit.makeCurrent();
        }

        @Override
        public void durable() {
            batch.end();
        }

        @Override
        public void failed(Throwable cause) {
            commit.recordException(cause);
            commit.setStatus(StatusCode.ERROR);
        }

        @Override
        public void close() {
            scope.close();
            commit.end();
        }
    }
}
