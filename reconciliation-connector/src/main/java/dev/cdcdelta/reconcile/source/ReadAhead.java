package dev.cdcdelta.reconcile.source;

import com.mongodb.client.MongoCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import org.bson.RawBsonDocument;

/** Reads a cursor on a thread of its own, a few megabytes ahead of who works at the documents. */
final class ReadAhead {
    private static final int PIECES = 4;
    private static final int BYTES_A_PIECE = 1 << 20;

    private final BlockingQueue<Piece> pieces = new ArrayBlockingQueue<>(PIECES);
    private final MongoCursor<RawBsonDocument> cursor;

    /**
     * Some documents.
     *
     * @param isLast whether no other piece follows
     * @param failure why not, where it should
     */
    private record Piece(List<RawBsonDocument> documents, boolean isLast, Optional<RuntimeException> failure) {}

    private ReadAhead(MongoCursor<RawBsonDocument> cursor) {
        this.cursor = cursor;
    }

    /** Returns when all documents have been visited, or throws what the cursor or the visitor threw. The cursor stays open. */
    static void each(String what, MongoCursor<RawBsonDocument> cursor, Consumer<RawBsonDocument> visitor) {
        ReadAhead reader = new ReadAhead(cursor);
        Thread thread = new Thread(reader::read, "reconciliation-reading-" + what);
        thread.setDaemon(true);
        thread.start();
        try {
            for (Piece piece = reader.pieces.take(); ; piece = reader.pieces.take()) {
                piece.documents().forEach(visitor);
                if (piece.failure().isPresent()) {
                    throw piece.failure().get();
                }
                if (piece.isLast()) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Pause.StoppedException();
        } finally {
            end(thread);
        }
    }

    /** The cursor is not for two threads: it may be closed only when this one is done with it. */
    private static void end(Thread thread) {
        thread.interrupt();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void read() {
        try {
            Optional<RuntimeException> failure = Optional.empty();
            List<RawBsonDocument> documents = new ArrayList<>();
            int bytes = 0;
            try {
                while (cursor.hasNext()) {
                    RawBsonDocument next = cursor.next();
                    documents.add(next);
                    bytes += next.getByteBuffer().remaining();
                    if (bytes >= BYTES_A_PIECE) {
                        pieces.put(new Piece(documents, false, Optional.empty()));
                        documents = new ArrayList<>();
                        bytes = 0;
                    }
                }
            } catch (RuntimeException e) {
                failure = Optional.of(e);
            }
            pieces.put(new Piece(documents, true, failure));
        } catch (InterruptedException noLongerWanted) {
            Thread.currentThread().interrupt();
        }
    }
}
