package dev.cdcdelta.sink.table.storage;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.jspecify.annotations.Nullable;

/** Stores that Hadoop reaches by jars that the user adds to the plugin's directory. */
enum AddedStore {
    AZURE("abfss", "hadoop-azure", List.of("org.apache.hadoop.fs.azurebfs.SecureAzureBlobFileSystem")),
    /** Google's own connector, or Hadoop's. */
    GOOGLE(
            "gs",
            "gcs-connector",
            List.of(
                    "com.google.cloud.hadoop.fs.gcs.GoogleHadoopFileSystem",
                    "org.apache.hadoop.fs.gs.GoogleHadoopFileSystem"));

    private final String scheme;
    private final String library;
    private final List<String> fileSystems;

    AddedStore(String scheme, String library, List<String> fileSystems) {
        this.scheme = scheme;
        this.library = library;
        this.fileSystems = fileSystems;
    }

    static Optional<AddedStore> of(String scheme) {
        return Arrays.stream(values())
                .filter(store -> store.scheme.equals(scheme))
                .findFirst();
    }

    /** The library to add, by the name of its artifact. */
    String library() {
        return library;
    }

    /** What the user's setting or, without one, the jars give. */
    Optional<Class<? extends FileSystem>> fileSystem(Configuration configuration) {
        for (String name : candidates(configuration.get("fs." + scheme + ".impl"))) {
            Class<?> found = configuration.getClassByNameOrNull(name);
            if (found != null) {
                return Optional.of(found.asSubclass(FileSystem.class));
            }
        }
        return Optional.empty();
    }

    /** @param set by the user, or by Hadoop's own defaults, which name one of several */
    private List<String> candidates(@Nullable String set) {
        if (set == null) {
            return fileSystems;
        }
        return fileSystems.contains(set)
                ? Stream.concat(Stream.of(set), fileSystems.stream()).toList()
                : List.of(set);
    }

    AtomicPut atomicPut(FileSystem fileSystem) {
        return switch (this) {
            case AZURE -> new RenamePut(fileSystem);
            case GOOGLE -> new GenerationPut(fileSystem);
        };
    }
}
