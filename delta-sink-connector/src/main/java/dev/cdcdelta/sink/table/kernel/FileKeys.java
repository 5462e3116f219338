package dev.cdcdelta.sink.table.kernel;

import io.delta.kernel.internal.deletionvectors.Base85Codec;
import java.util.Locale;

/**
 * Names of files that are equal wherever two spellings mean the same file. They leave out scheme and bucket, so that another spelling of
 * the location ({@code s3:}, {@code file:///}) never makes a file look unreferenced.
 */
final class FileKeys {
    private final String location;

    FileKeys(String location) {
        this.location = location;
    }

    /** @param path as an action of the log has it */
    String ofAction(String path) {
        return ofStored(TablePaths.absolute(location, path));
    }

    /** @param absolute as the storage has it */
    String ofStored(String absolute) {
        return absolute.replaceFirst("^[A-Za-z][A-Za-z0-9+.-]*:(//[^/]*)?", "").replaceAll("/{2,}", "/");
    }

    /** The file of a vector that is stored in one (PROTOCOL.md, Deletion Vector Descriptor Schema: storage types u and p). */
    String ofVector(String storageType, String pathOrInline) {
        if (!storageType.equals("u")) {
            return ofAction(pathOrInline);
        }
        int prefix = pathOrInline.length() - Base85Codec.ENCODED_UUID_LENGTH;
        String directory = prefix == 0 ? "" : pathOrInline.substring(0, prefix) + "/";
        return ofStored(location + "/" + directory + "deletion_vector_"
                + Base85Codec.decodeUUID(pathOrInline.substring(prefix))
                        .toString()
                        .toLowerCase(Locale.ROOT) + ".bin");
    }
}
