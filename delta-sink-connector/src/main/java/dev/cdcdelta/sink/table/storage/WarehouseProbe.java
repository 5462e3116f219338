package dev.cdcdelta.sink.table.storage;

import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.util.Map;
import java.util.UUID;
import org.apache.hadoop.fs.s3a.AWSServiceIOException;
import org.apache.hadoop.fs.s3a.UnknownStoreException;
import org.apache.hadoop.fs.s3a.auth.NoAuthWithAWSException;
import org.apache.kafka.common.config.ConfigException;

/** Tries out what every commit will rely on, and puts into words what is amiss. Gives up on a silent endpoint after some seconds. */
public final class WarehouseProbe {
    private WarehouseProbe() {}

    /**
     * Puts a file twice under one name, and takes it away again.
     *
     * @throws ConfigException problem, cause and remedy
     */
    public static void probe(String warehouse, Map<String, String> options) {
        URI storage = Warehouses.storage(warehouse);
        String path = warehouse.replaceFirst("/+$", "") + "/_cdcdelta_probe_" + UUID.randomUUID();
        try (WarehouseFiles files = Warehouses.open(storage, ObjectStoreSettings.impatient(options))) {
            if (files instanceof HadoopFiles added && !added.isAtomic()) {
                throw new ConfigException("The warehouse " + warehouse
                        + " cannot hold Delta tables safely: its storage account has no hierarchical namespace, without which a"
                        + " rename is a copy. Switch it on, or choose another account.");
            }
            files.putIfAbsent(path, bytes("first"));
            boolean won;
            try (Closeable removal = () -> files.delete(path)) {
                won = tryPut(files, path);
            }
            if (won) {
                throw new ConfigException("The warehouse " + warehouse
                        + " cannot hold Delta tables safely: it let a second writer replace a file that was to be created once."
                        + " Its store ignores the condition on the creation (If-None-Match on PUT, for S3)."
                        + " Update the store to a version that honours it, or choose another.");
            }
        } catch (IOException e) {
            throw explained(warehouse, options, e);
        }
    }

    /** Whether the store has answered that it is busy, or at fault itself: what was asked for may be in order. */
    public static boolean isBusy(ConfigException explained) {
        for (Throwable cause = explained; cause != null; cause = cause.getCause()) {
            if (cause instanceof AWSServiceIOException answer && answer.statusCode() >= 500) {
                return true;
            }
        }
        return false;
    }

    private static boolean tryPut(WarehouseFiles files, String path) throws IOException {
        try {
            files.putIfAbsent(path, bytes("second"));
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static ConfigException explained(String warehouse, Map<String, String> options, IOException failure) {
        String endpoint = options.getOrDefault("fs.s3a.endpoint", "the default S3 endpoint");
        String remedy;
        if (AddedStore.of(Warehouses.storage(warehouse).getScheme()).isPresent()) {
            remedy = innermost(failure) + ". Check 'warehouse', the credentials and the hadoop.* options.";
        } else if (failure instanceof UnknownStoreException || failure instanceof FileNotFoundException) {
            remedy = "the bucket does not exist. Create it, or correct 'warehouse'.";
        } else if (UntrustedCertificate.isBehind(failure)) {
            String server = options.containsKey("fs.s3a.assumed.role.arn") ? endpoint + ", or that of STS" : endpoint;
            remedy = "this worker's JVM does not trust the certificate of " + server
                    + ". Put its authority's certificate into a trust store and start the worker with"
                    + " KAFKA_OPTS=-Djavax.net.ssl.trustStore=FILE, or correct hadoop.fs.s3a.endpoint.";
        } else if (causedBy(failure, NoAuthWithAWSException.class)) {
            remedy = "there are no credentials. Set hadoop.fs.s3a.access.key and hadoop.fs.s3a.secret.key, or give the"
                    + " worker a role.";
        } else if (failure instanceof AccessDeniedException) {
            remedy = warehouse.startsWith("file:")
                    ? "the directory may not be written to. Grant the worker's user the right, or choose another."
                    : "the store refuses these credentials. Correct hadoop.fs.s3a.access.key and"
                            + " hadoop.fs.s3a.secret.key, or grant them list, read, write and delete on the bucket.";
        } else if (unreachable(failure)) {
            remedy = endpoint + " cannot be reached. Correct hadoop.fs.s3a.endpoint, or mend the network.";
        } else {
            remedy = firstLine(failure) + ". Check 'warehouse' and the hadoop.* options.";
        }
        ConfigException explained = new ConfigException("The warehouse " + warehouse + " cannot be used: " + remedy);
        explained.initCause(failure);
        return explained;
    }

    private static boolean unreachable(IOException failure) {
        return causedBy(failure, UnknownHostException.class)
                || causedBy(failure, ConnectException.class)
                || causedBy(failure, NoRouteToHostException.class)
                || causedBy(failure, SocketTimeoutException.class)
                || timedOut(failure);
    }

    /** The SDK's and its HTTP client's own exceptions for a deadline have no common type. */
    private static boolean timedOut(IOException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause.getClass().getSimpleName().contains("Timeout")) {
                return true;
            }
        }
        return false;
    }

    private static boolean causedBy(Throwable failure, Class<? extends Throwable> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    /** File systems of the user's may have misleading words of their own for what went wrong. */
    private static String innermost(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getClass().getSimpleName() + ", "
                + String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    }

    private static String firstLine(IOException failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }
}
