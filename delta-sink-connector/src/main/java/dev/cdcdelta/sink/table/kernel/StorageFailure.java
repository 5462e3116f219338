package dev.cdcdelta.sink.table.kernel;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Set;

/** What a failure of the storage means. */
public final class StorageFailure {
    /** By name, as the object store's classes are the storage's affair. */
    private static final Set<String> LASTING = Set.of(
            "AWSBadRequestException",
            "UnknownStoreException",
            "CredentialInitializationException",
            "NoAuthWithAWSException");

    private StorageFailure() {}

    /** Whether the same may work a little later: the storage is at fault, and not what was asked of it. */
    public static boolean mayPass(Throwable failure) {
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

    /** The innermost failure of the storage, in a line. */
    public static String root(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() instanceof IOException) {
            cause = cause.getCause();
        }
        return cause.getClass().getSimpleName() + ", "
                + String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    }
}
