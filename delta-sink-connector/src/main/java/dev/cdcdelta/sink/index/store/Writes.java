package dev.cdcdelta.sink.index.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * The journal of one batch: bytes and where they go. All of it is on disk before the first of them is carried out, and carrying it out
 * again changes nothing; so a kill at any moment leaves the store as it was before the batch, or as after it.
 */
final class Writes {
    private static final long MAGIC = 0x6364634a4f55524eL;
    private static final int HEADER = 24;
    private static final int RECORD_HEADER = 14;

    private ByteBuffer bytes = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);

    Writes() {
        bytes.position(HEADER);
    }

    void add(int file, long offset, ByteBuffer content) {
        int length = content.remaining();
        require(RECORD_HEADER + length);
        bytes.putShort((short) file).putLong(offset).putInt(length).put(content);
    }

    private void require(int more) {
        if (bytes.remaining() < more) {
            int size = Math.max(Math.multiplyExact(bytes.capacity(), 2), bytes.position() + more);
            bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN).put(bytes.flip());
        }
    }

    void save(StoreFiles files) throws IOException {
        int end = bytes.position();
        bytes.putLong(0, MAGIC).putLong(8, end - HEADER).putLong(16, checksum(bytes, end));
        files.write(StoreFiles.JOURNAL, bytes.duplicate().flip(), 0);
    }

    void carryOut(StoreFiles files) throws IOException {
        int end = bytes.position();
        int at = HEADER;
        while (at < end) {
            int length = bytes.getInt(at + 10);
            ByteBuffer content =
                    bytes.duplicate().limit(at + RECORD_HEADER + length).position(at + RECORD_HEADER);
            files.write(bytes.getShort(at), content, bytes.getLong(at + 2));
            at += RECORD_HEADER + length;
        }
    }

    /** Carries out the batch whose journal is complete; one that is not was never begun. */
    static void replay(StoreFiles files) throws IOException {
        long size = files.size(StoreFiles.JOURNAL);
        if (size < HEADER) {
            return;
        }
        ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
        files.read(StoreFiles.JOURNAL, header, 0);
        long length = header.getLong(8);
        if (header.getLong(0) != MAGIC || length < 0 || length > size - HEADER) {
            return;
        }
        Writes saved = new Writes();
        saved.bytes = ByteBuffer.allocate(Math.toIntExact(HEADER + length)).order(ByteOrder.LITTLE_ENDIAN);
        files.read(StoreFiles.JOURNAL, saved.bytes, 0);
        if (checksum(saved.bytes, saved.bytes.position()) == header.getLong(16)) {
            saved.carryOut(files);
        }
    }

    private static long checksum(ByteBuffer bytes, int end) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes.duplicate().limit(end).position(HEADER));
        return checksum.getValue();
    }
}
