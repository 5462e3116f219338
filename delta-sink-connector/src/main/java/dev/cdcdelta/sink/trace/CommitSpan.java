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

    /** @param batch the span of the whole batch */
    record Recorded(Span commit, Span batch, Scope scope) implements CommitSpan {
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
