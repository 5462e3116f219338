package dev.cdcdelta.stack.faults;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;

/** Lets so many bytes a second through. */
final class PacedOutput extends OutputStream {
    private static final int SLICES_PER_SECOND = 10;
    private static final long SLICE_MILLIS = 1_000 / SLICES_PER_SECOND;

    private final OutputStream output;
    private final int sliceBytes;

    PacedOutput(OutputStream output, int bytesPerSecond) {
        this.output = output;
        this.sliceBytes = Math.max(1, bytesPerSecond / SLICES_PER_SECOND);
    }

    @Override
    public void write(int value) throws IOException {
        output.write(value);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        for (int done = 0; done < length; done += sliceBytes) {
            output.write(bytes, offset + done, Math.min(sliceBytes, length - done));
            output.flush();
            pause();
        }
    }

    @Override
    public void flush() throws IOException {
        output.flush();
    }

    private static void pause() throws InterruptedIOException {
        try {
            Thread.sleep(SLICE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while an answer was held back");
        }
    }
}
