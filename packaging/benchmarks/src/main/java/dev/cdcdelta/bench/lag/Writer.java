package dev.cdcdelta.bench.lag;

/** Writes documents, in one of two places. */
interface Writer extends AutoCloseable {
    /** Writes the documents of these numbers and notes when. */
    void write(int from, int to);

    @Override
    void close();
}
