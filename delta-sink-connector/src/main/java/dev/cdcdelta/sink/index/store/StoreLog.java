package dev.cdcdelta.sink.index.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32C;

/** The form of a store's log: whose store it is, then a frame for each batch, of what it changed beside pages and directory. */
final class StoreLog {
    static final int FORMAT = 2;
    private static final String NAME = "cdcdelta key index";
    private static final int FRAME_HEADER = 8;

    /** @param entries stored, dead ones included */
    record Shape(int depth, int pages, long entries) {}

    record Content(Shape shape, long tableVersion, int nextNumber, Map<String, StoredFile> files) {}

    private StoreLog() {}

    static ByteBuffer start(StoreIdentity identity, Shape shape, FileChanges changes) {
        ByteBuffer head = frame(out -> {
            out.writeUTF(NAME);
            out.writeInt(FORMAT);
            out.writeUTF(identity.table());
            out.writeUTF(identity.connector());
            out.writeUTF(identity.covers());
        });
        ByteBuffer first = frame(shape, changes);
        return ByteBuffer.allocate(head.remaining() + first.remaining())
                .put(head)
                .put(first)
                .flip();
    }

    static ByteBuffer frame(Shape shape, FileChanges changes) {
        return frame(out -> {
            out.writeInt(shape.depth());
            out.writeInt(shape.pages());
            out.writeLong(shape.entries());
            out.writeLong(changes.tableVersion());
            out.writeInt(changes.nextNumber());
            writeFiles(out, changes.put());
            writePaths(out, changes.removed());
        });
    }

    static Content read(ByteBuffer log, StoreIdentity identity) throws DamagedStoreException {
        try {
            checkHead(next(log), identity);
            Map<String, StoredFile> files = new HashMap<>();
            Content last = null;
            while (last == null || log.hasRemaining()) {
                DataInputStream in = next(log);
                Shape shape = new Shape(in.readInt(), in.readInt(), in.readLong());
                long version = in.readLong();
                int nextNumber = in.readInt();
                readFiles(in, files);
                for (int i = in.readInt(); i > 0; i--) {
                    files.remove(in.readUTF());
                }
                last = new Content(shape, version, nextNumber, files);
            }
            return last;
        } catch (IOException e) {
            throw new DamagedStoreException("its log is damaged: " + e.getMessage(), e);
        }
    }

    private static void checkHead(DataInputStream in, StoreIdentity expected)
            throws IOException, DamagedStoreException {
        if (!in.readUTF().equals(NAME)) {
            throw new DamagedStoreException("it is no key index");
        }
        int format = in.readInt();
        if (format != FORMAT) {
            throw new DamagedStoreException("it has the format " + format + " instead of " + FORMAT);
        }
        StoreIdentity found = new StoreIdentity(in.readUTF(), in.readUTF(), in.readUTF());
        if (!found.equals(expected)) {
            throw new DamagedStoreException("it is the index of " + found + " instead of " + expected);
        }
    }

    private static void writeFiles(DataOutputStream out, Collection<StoredFile> files) throws IOException {
        out.writeInt(files.size());
        for (StoredFile file : files) {
            out.writeInt(file.number());
            out.writeUTF(file.path());
            out.writeUTF(file.vector());
            out.writeLong(file.rows());
            out.writeLong(file.deletedRows());
            out.writeBoolean(file.hasStrays());
            out.writeLong(file.surplus());
        }
    }

    private static void readFiles(DataInputStream in, Map<String, StoredFile> files) throws IOException {
        for (int i = in.readInt(); i > 0; i--) {
            StoredFile file = new StoredFile(
                    in.readInt(),
                    in.readUTF(),
                    in.readUTF(),
                    in.readLong(),
                    in.readLong(),
                    in.readBoolean(),
                    in.readLong());
            files.put(file.path(), file);
        }
    }

    private static void writePaths(DataOutputStream out, Set<String> paths) throws IOException {
        out.writeInt(paths.size());
        for (String path : paths) {
            out.writeUTF(path);
        }
    }

    private interface Payload {
        void writeTo(DataOutputStream out) throws IOException;
    }

    private static ByteBuffer frame(Payload content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            content.writeTo(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] payload = bytes.toByteArray();
        return ByteBuffer.allocate(FRAME_HEADER + payload.length)
                .putInt(payload.length)
                .putInt(checksum(payload))
                .put(payload)
                .flip();
    }

    private static DataInputStream next(ByteBuffer log) throws DamagedStoreException {
        if (log.remaining() < FRAME_HEADER) {
            throw new DamagedStoreException("its log is cut off");
        }
        int length = log.getInt();
        int checksum = log.getInt();
        if (length < 0 || length > log.remaining()) {
            throw new DamagedStoreException("its log is cut off");
        }
        byte[] payload = new byte[length];
        log.get(payload);
        if (checksum(payload) != checksum) {
            throw new DamagedStoreException("its log is damaged: a checksum is wrong");
        }
        return new DataInputStream(new ByteArrayInputStream(payload));
    }

    private static int checksum(byte[] payload) {
        CRC32C checksum = new CRC32C();
        checksum.update(payload);
        return (int) checksum.getValue();
    }
}
