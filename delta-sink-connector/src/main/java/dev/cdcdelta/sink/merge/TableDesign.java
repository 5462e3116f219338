package dev.cdcdelta.sink.merge;

import dev.cdcdelta.sink.schema.CdcColumns;
import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.sink.schema.TableKind;
import dev.cdcdelta.sink.table.TableDefinition;
import dev.cdcdelta.sink.table.TableFeature;
import dev.cdcdelta.sink.table.TableSnapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;

/**
 * What a table is to be like.
 *
 * @param partitionBy names of columns by whose values the files of a new table are kept apart
 * @param clusterBy names of columns that a new table says to be clustered by
 */
public record TableDesign(WritePolicy policy, List<String> partitionBy, List<String> clusterBy) {
    /** A table that is neither partitioned nor clustered. */
    public static final TableDesign DEFAULT = new TableDesign(WritePolicy.DEFAULT, List.of(), List.of());

    public TableDesign {
        partitionBy = List.copyOf(partitionBy);
        clusterBy = List.copyOf(clusterBy);
    }

    TableKind kind() {
        return policy.kind();
    }

    /** @throws ConfigException if the table lacks what the rows are to be merged with */
    void requireFeatures(String location, TableSnapshot snapshot) {
        if (marksRows() && !snapshot.has(TableFeature.DELETION_VECTORS)) {
            throw new ConfigException("The table at " + location + " has no deletion vectors, with which"
                    + " 'merge.mode' = 'merge-on-read' marks rows that are replaced or deleted. Set 'merge.mode' to"
                    + " 'copy-on-write', or switch them on with ALTER TABLE ... SET TBLPROPERTIES"
                    + " ('delta.enableDeletionVectors' = 'true').");
        }
    }

    private boolean marksRows() {
        return kind().isKeyed() && policy.merge() == MergeMode.MERGE_ON_READ;
    }

    /** A new table; one whose rows are never marked dead has no deletion vectors, which not all readers know. */
    TableDefinition of(ColumnType.Struct columns, Map<String, String> properties) {
        Map<String, String> all = new HashMap<>(properties);
        if (!marksRows()) {
            all.putIfAbsent("delta.enableDeletionVectors", "false");
        }
        return new TableDefinition(columns, partitionBy, clusterBy, all);
    }

    /** @throws ConfigException if a new table of the columns would lack one that it is to be partitioned or clustered by */
    void requireIn(String location, ColumnType.Struct columns) {
        requireAll("table.partition.by", partitionBy, location, columns);
        requireAll("table.cluster.by", clusterBy, location, columns);
    }

    private static void requireAll(String key, List<String> names, String location, ColumnType.Struct columns) {
        for (String name : names) {
            int index = CdcColumns.indexOf(columns, name);
            if (index < 0) {
                throw new ConfigException(
                        "'" + key + "' names the column " + name + ", which the new table at " + location
                                + " would not have: no document of its first commit has that field. Correct the name, or see to it"
                                + " that the first documents have the field; a table cannot be partitioned or clustered later.");
            }
            if (!(columns.columns().get(index).type() instanceof ColumnType.Leaf)) {
                throw new ConfigException("'" + key + "' names the column " + name + ", which the new table at "
                        + location + " would have as a struct or an array. Name a column of single values.");
            }
        }
    }
}
