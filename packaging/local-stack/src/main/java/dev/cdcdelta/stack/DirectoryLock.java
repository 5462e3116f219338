package dev.cdcdelta.stack;

import dev.cdcdelta.stack.process.StackException;
import dev.cdcdelta.stack.service.StackDirectory;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;

/** Held by the one supervisor of a directory; the system releases it with the process. */
final class DirectoryLock implements AutoCloseable {
    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    static DirectoryLock acquire(StackDirectory directory) {
        StackDirectory.createDirectories(directory.root());
        try {
            FileChannel channel =
                    FileChannel.open(directory.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(channel)) {
                return new DirectoryLock(channel);
            }
            channel.close();
        } catch (IOException e) {
            throw new StackException("The directory " + directory.root() + " cannot be used: " + e, e);
        }
        throw new StackException("A stack is running in " + directory.root() + ". Stop it with `stack down --dir "
                + directory.root() + "`, or choose another directory with --dir.");
    }

    static boolean isHeld(StackDirectory directory) {
        if (!Files.exists(directory.lock())) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(directory.lock(), StandardOpenOption.WRITE)) {
            return !tryLock(channel);
        } catch (IOException e) {
            throw new StackException("The directory " + directory.root() + " cannot be used: " + e, e);
        }
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException heldByThisProcess) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new StackException("The lock of the stack's directory cannot be released: " + e, e);
        }
    }
}
