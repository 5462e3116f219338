package dev.cdcdelta.sink.table.kernel;

import dev.cdcdelta.sink.table.TableFeature;
import dev.cdcdelta.sink.table.TableSnapshot;
import io.delta.kernel.internal.actions.DomainMetadata;
import io.delta.kernel.internal.actions.Metadata;
import io.delta.kernel.internal.actions.Protocol;
import io.delta.kernel.internal.util.VectorUtils;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All of a table at one version that a commit on top of it needs to know. The next version shares what it has in common with this one.
 *
 * @param bytes the sizes of the live files together
 * @param view the same for the outside
 */
record TableState(
        Protocol protocol,
        Metadata metadata,
        PersistentMap<LiveFile> files,
        long bytes,
        PersistentMap<Long> transactions,
        Map<String, DomainMetadata> domains,
        Optional<Long> inCommitTimestamp,
        CommitMark mark,
        TableSnapshot view) {

    static TableState of(
            String location,
            long version,
            Protocol protocol,
            Metadata metadata,
            PersistentMap<LiveFile> files,
            PersistentMap<Long> transactions,
            Map<String, DomainMetadata> domains,
            Optional<Long> inCommitTimestamp,
            CommitMark mark) {
        return new TableState(
                protocol,
                metadata,
                files,
                files.values().stream().mapToLong(file -> file.file().size()).sum(),
                transactions,
                Map.copyOf(domains),
                inCommitTimestamp,
                mark,
                view(location, version, protocol, metadata, files, transactions));
    }

    private static TableSnapshot view(
            String location,
            long version,
            Protocol protocol,
            Metadata metadata,
            PersistentMap<LiveFile> files,
            PersistentMap<Long> transactions) {
        return new TableSnapshot(
                version,
                metadata.getId(),
                TableSchema.toColumns(location, metadata.getSchema()),
                List.copyOf(VectorUtils.<String>toJavaList(metadata.getPartitionColumns())),
                features(protocol, metadata),
                Map.copyOf(metadata.getConfiguration()),
                transactions,
                new DataFiles(files));
    }

    private static Set<TableFeature> features(Protocol protocol, Metadata metadata) {
        Set<TableFeature> features = EnumSet.noneOf(TableFeature.class);
        Map<String, String> properties = metadata.getConfiguration();
        if (protocol.getWriterFeatures().contains(WriterRequirements.DELETION_VECTORS)
                && Boolean.parseBoolean(properties.get("delta.enableDeletionVectors"))) {
            features.add(TableFeature.DELETION_VECTORS);
        }
        if (Boolean.parseBoolean(properties.get("delta.enableChangeDataFeed"))) {
            features.add(TableFeature.CHANGE_DATA_FEED);
        }
        if (!WriterRequirements.forbidsWidening(properties)) {
            features.add(TableFeature.TYPE_WIDENING);
        }
        return Set.copyOf(features);
    }

    /** The version after a commit that leaves protocol and metadata alone. */
    TableState next(StateChange change) {
        PersistentMap<LiveFile> nextFiles = files;
        long nextBytes = bytes;
        for (StateChange.Gone gone : change.removed()) {
            LiveFile file = nextFiles.get(gone.path());
            if (file != null && file.file().deletionVector().equals(gone.deletionVector())) {
                nextFiles = nextFiles.without(gone.path());
                nextBytes -= file.file().size();
            }
        }
        for (LiveFile file : change.added()) {
            LiveFile replaced = nextFiles.get(file.file().path());
            nextBytes +=
                    file.file().size() - (replaced == null ? 0 : replaced.file().size());
            nextFiles = nextFiles.with(file.file().path(), file);
        }
        PersistentMap<Long> nextTransactions = transactions;
        for (Map.Entry<String, Long> transaction : change.transactions().entrySet()) {
            nextTransactions = nextTransactions.with(transaction.getKey(), transaction.getValue());
        }
        return new TableState(
                protocol,
                metadata,
                nextFiles,
                nextBytes,
                nextTransactions,
                nextDomains(change),
                change.inCommitTimestamp(),
                change.mark(),
                new TableSnapshot(
                        view.version() + 1,
                        view.tableId(),
                        view.columns(),
                        view.partitionColumns(),
                        view.features(),
                        view.properties(),
                        nextTransactions,
                        new DataFiles(nextFiles)));
    }

    private Map<String, DomainMetadata> nextDomains(StateChange change) {
        if (change.domains().isEmpty()) {
            return domains;
        }
        Map<String, DomainMetadata> next = new HashMap<>(domains);
        change.domains().forEach((name, domain) -> {
            if (domain.isRemoved()) {
                next.remove(name);
            } else {
                next.put(name, domain);
            }
        });
        return Map.copyOf(next);
    }

    /** The same version with another structure, as a commit that changes the columns leaves it. */
    TableState with(String location, TableStructure changed) {
        return new TableState(
                changed.protocol().orElse(protocol),
                changed.metadata(),
                files,
                bytes,
                transactions,
                domains,
                inCommitTimestamp,
                mark,
                view(
                        location,
                        view.version(),
                        changed.protocol().orElse(protocol),
                        changed.metadata(),
                        files,
                        transactions));
    }

    LiveFile file(String path) {
        LiveFile file = files.get(path);
        if (file == null) {
            throw new IllegalStateException(
                    "the file " + path + " is not live in version " + view.version() + " of the table");
        }
        return file;
    }
}
