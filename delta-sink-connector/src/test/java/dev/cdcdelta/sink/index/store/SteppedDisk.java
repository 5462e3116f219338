package dev.cdcdelta.sink.index.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.Semaphore;

/** A disk whose later writes are done as far as the test says, each in two halves. */
final class SteppedDisk implements Disk {
    private final Semaphore allowed = new Semaphore(0);
    private final Semaphore done = new Semaphore(0);
    private final ThreadLocal<Boolean> isLater = ThreadLocal.withInitial(() -> false);
    private volatile Thread thread = Thread.currentThread();
    private volatile boolean full;

    @Override
    public void write(FileChannel file, ByteBuffer bytes, long offset) throws IOException {
        if (!isLater.get()) {
            REAL.write(file, bytes, offset);
            return;
        }
        ByteBuffer rest = bytes.duplicate();
        int half = bytes.remaining() / 2;
        step(() -> REAL.write(file, bytes.limit(bytes.position() + half), offset));
        step(() -> REAL.write(file, rest.position(rest.position() + half), offset + half));
    }

    private interface Step {
        void run() throws IOException;
    }

    private void step(Step step) throws IOException {
        allowed.acquireUninterruptibly();
        try {
            if (full) {
                throw new IOException("No space left on device");
            }
            step.run();
        } finally {
            done.release();
        }
    }

    @Override
    public void later(Runnable writes) {
        allowed.drainPermits();
        done.drainPermits();
        thread = new Thread(() -> {
            isLater.set(true);
            writes.run();
        });
        thread.setDaemon(true);
        thread.start();
    }

    /** Returns when that many halves more are written. */
    void advance(int halves) {
        allowed.release(halves);
        done.acquireUninterruptibly(halves);
    }

    /** All that is left. */
    void finish() throws InterruptedException {
        allowed.release(Integer.MAX_VALUE / 2);
        thread.join();
    }

    /** From here on nothing can be written later. */
    void fill() throws InterruptedException {
        full = true;
        finish();
    }
}
