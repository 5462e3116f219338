package dev.cdcdelta.sink.table.kernel;

import dev.cdcdelta.sink.table.storage.UntrustedCertificate;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** What a failure of the storage means. */
public final class StorageFailure {
    /** By name, as the object store's classes are the storage's affair. */
    private static final Set<String> LASTING = Set.of(
            "AWSBadRequestException",
            "UnknownStoreException",
            "CredentialInitializationException",
            "NoAuthWithAWSException");

    /** Parts of the names of what the SDK and its HTTP client throw when no answer came. */
    private static final Set<String> UNANSWERED =
            Set.of("Timeout", "NoHttpResponse", "ConnectionClosed", "SSLException");

    private StorageFailure() {}

    /** Whether the same may work a little later: the storage is at fault, and not what was asked of it. */
    public static boolean mayPass(Throwable failure) {
        if (UntrustedCertificate.isBehind(failure)) {
            return false;
        }
        boolean storage = false;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof AccessDeniedException
                    || cause instanceof FileNotFoundException
                    || cause instanceof NoSuchFileException
                    || LASTING.contains(cause.getClass().getSimpleName())) {
                return false;
            }
            storage |= cause instanceof IOException;
        }
        return storage;
    }

    /** Whether the storage has not answered at all: what it was asked for may still come about, when nobody expects it any more. */
    static boolean mayStillHappen(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String name = cause.getClass().getSimpleName();
            if (cause instanceof SocketException
                    || cause instanceof InterruptedIOException
                    || cause instanceof EOFException
                    || UNANSWERED.stream().anyMatch(name::contains)) {
                return true;
            }
        }
        return false;
    }

    /** The innermost failure of the storage, in a line. */
    public static String root(Throwable failure) {
        Throwable cause = Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .filter(IOException.class::isInstance)
                .findFirst()
                .orElse(failure);
        while (cause.getCause() instanceof IOException) {
            cause = cause.getCause();
        }
        return cause.getClass().getSimpleName() + ", "
                + String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    }
}
