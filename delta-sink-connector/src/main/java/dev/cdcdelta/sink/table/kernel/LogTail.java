package dev.cdcdelta.sink.table.kernel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cdcdelta.sink.table.storage.WarehouseFiles;
import io.delta.kernel.internal.actions.DeletionVectorDescriptor;
import io.delta.kernel.internal.actions.DomainMetadata;
import io.delta.kernel.internal.util.FileNames;
import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The commits behind a version that is known, one by one as JSON: what others have done is learned without reading the table anew. */
final class LogTail {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Bytes: the first line of a commit, which tells of the commit itself, is shorter. */
    private static final int BEGINNING = 4096;

    private final WarehouseFiles files;
    private final String location;
    private final FilePacker packer;
    private final LiveFile.RowCounter rowCounter;

    LogTail(WarehouseFiles files, String location, FilePacker packer) {
        this.packer = packer;
        this.files = files;
        this.location = location;
        this.rowCounter = (path, size) -> ParquetFooters.rowCount(files, TablePaths.absolute(location, path), size);
    }

    /**
     * A commit of the log.
     *
     * @param change empty if the commit brings a protocol or metadata, for which the table has to be read anew
     */
    record Commit(Optional<StateChange> change) {}

    /** For files of which the log does not tell. */
    LiveFile.RowCounter rowCounter() {
        return rowCounter;
    }

    /** Whether the log still holds the commit that the mark was taken from. */
    boolean holds(long version, CommitMark mark) throws IOException {
        return firstLine(version).filter(mark::fits).isPresent();
    }

    CommitMark mark(long version) throws IOException {
        return firstLine(version).map(CommitMark::new).orElse(CommitMark.UNKNOWN);
    }

    private Optional<String> firstLine(long version) throws IOException {
        Optional<String> shortLine = shortFirstLine(version);
        if (shortLine.isPresent()) {
            return shortLine;
        }
        try (BufferedReader lines = open(version)) {
            return Optional.ofNullable(lines.readLine());
        } catch (FileNotFoundException e) {
            return Optional.empty();
        }
    }

    /** The first line where a store gives it without being asked for the file's length; empty where it has to be read in the usual way. */
    private Optional<String> shortFirstLine(long version) throws IOException {
        try {
            byte[] beginning = files.beginning(path(version), BEGINNING);
            for (int i = 0; i < beginning.length; i++) {
                if (beginning[i] == '\n') {
                    return Optional.of(new String(beginning, 0, i, StandardCharsets.UTF_8));
                }
            }
            return Optional.empty();
        } catch (FileNotFoundException toBeSeenAgain) {
            return Optional.empty();
        }
    }

    private String path(long version) {
        return FileNames.deltaFile(location + "/_delta_log", version);
    }

    private BufferedReader open(long version) throws IOException {
        return new BufferedReader(
                new InputStreamReader(files.newInputFile(path(version), -1).newStream(), StandardCharsets.UTF_8));
    }

    /** Empty if the version does not exist. */
    Optional<Commit> read(long version) throws IOException {
        Reading reading = new Reading();
        try (BufferedReader lines = open(version)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                reading.line(line);
            }
        } catch (FileNotFoundException e) {
            return Optional.empty();
        }
        return Optional.of(reading.commit());
    }

    private final class Reading {
        private final List<LiveFile> added = new ArrayList<>();
        private final List<StateChange.Gone> removed = new ArrayList<>();
        private final Map<String, Long> transactions = new HashMap<>();
        private final Map<String, DomainMetadata> domains = new HashMap<>();
        private Optional<Long> inCommitTimestamp = Optional.empty();
        private @Nullable String firstLine;
        private boolean restructures;

        void line(String line) throws IOException {
            if (firstLine == null) {
                firstLine = line;
            }
            if (line.isBlank()) {
                return;
            }
            JsonNode action = JSON.readTree(line);
            restructures |= action.hasNonNull("metaData") || action.hasNonNull("protocol");
            if (action.hasNonNull("add")) {
                added.add(file(action.get("add")));
            } else if (action.hasNonNull("remove")) {
                JsonNode remove = action.get("remove");
                removed.add(new StateChange.Gone(
                        remove.path("path").asText(),
                        vector(remove)
                                .map(DeletionVectorDescriptor::getUniqueId)
                                .orElse("")));
            } else if (action.hasNonNull("txn")) {
                JsonNode txn = action.get("txn");
                transactions.put(txn.path("appId").asText(), txn.path("version").asLong());
            } else if (action.hasNonNull("domainMetadata")) {
                JsonNode domain = action.get("domainMetadata");
                String name = domain.path("domain").asText();
                domains.put(
                        name,
                        new DomainMetadata(
                                name,
                                domain.path("configuration").asText(),
                                domain.path("removed").asBoolean()));
            } else if (action.path("commitInfo").hasNonNull("inCommitTimestamp")) {
                inCommitTimestamp = Optional.of(
                        action.get("commitInfo").get("inCommitTimestamp").asLong());
            }
        }

        Commit commit() {
            return new Commit(
                    restructures
                            ? Optional.empty()
                            : Optional.of(new StateChange(
                                    added,
                                    removed,
                                    transactions,
                                    domains,
                                    inCommitTimestamp,
                                    firstLine == null ? CommitMark.UNKNOWN : new CommitMark(firstLine))));
        }
    }

    private LiveFile file(JsonNode add) {
        Map<String, Optional<String>> partition = new HashMap<>();
        add.path("partitionValues")
                .properties()
                .forEach(value ->
                        partition.put(value.getKey(), text(value.getValue()).filter(text -> !text.isEmpty())));
        Map<String, String> tags = new HashMap<>();
        add.path("tags")
                .properties()
                .forEach(tag -> text(tag.getValue()).ifPresent(value -> tags.put(tag.getKey(), value)));
        return LiveFile.of(
                add.path("path").asText(),
                add.path("size").asLong(),
                add.path("modificationTime").asLong(),
                partition,
                tags,
                vector(add),
                text(add.path("stats")),
                rowCounter,
                packer);
    }

    private static Optional<String> text(JsonNode node) {
        return node.isTextual() ? Optional.of(node.textValue()) : Optional.empty();
    }

    private static Optional<DeletionVectorDescriptor> vector(JsonNode action) {
        JsonNode vector = action.path("deletionVector");
        if (!vector.isObject()) {
            return Optional.empty();
        }
        return Optional.of(new DeletionVectorDescriptor(
                vector.path("storageType").asText(),
                vector.path("pathOrInlineDv").asText(),
                vector.hasNonNull("offset") ? Optional.of(vector.get("offset").asInt()) : Optional.empty(),
                vector.path("sizeInBytes").asInt(),
                vector.path("cardinality").asLong()));
    }
}
