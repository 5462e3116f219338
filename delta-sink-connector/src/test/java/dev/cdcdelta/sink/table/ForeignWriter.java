package dev.cdcdelta.sink.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.delta.kernel.internal.deletionvectors.Base85Codec;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.CRC32;
import org.roaringbitmap.RoaringBitmap;

/** Another program that writes a table of this machine, by PROTOCOL.md alone and in the forms that ours does not choose. */
public final class ForeignWriter {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path directory;

    public ForeignWriter(String location) {
        this.directory = Path.of(location.replaceFirst("^file:/+", "/"));
    }

    /** Deletes rows by a vector that is written into the action itself. */
    public void deleteInline(String path, int... positions) throws IOException {
        byte[] bitmap = bitmap(positions);
        ObjectNode vector = JSON.createObjectNode();
        vector.put("storageType", "i");
        vector.put("pathOrInlineDv", Base85Codec.encodeBytes(bitmap));
        vector.put("sizeInBytes", bitmap.length);
        vector.put("cardinality", positions.length);
        revector(Map.of(path, vector));
    }

    /** Deletes rows of several files by vectors in one file, below a directory of the table. */
    public void deleteShared(Map<String, int[]> positions) throws IOException {
        UUID name = UUID.randomUUID();
        Path file = directory.resolve("ab").resolve("deletion_vector_" + name + ".bin");
        delete(positions, file, "u", "ab" + Base85Codec.encodeUUID(name));
    }

    /** Deletes rows of several files by vectors in a file that may be anywhere. */
    public void deleteAbsolute(Path file, Map<String, int[]> positions) throws IOException {
        delete(positions, file, "p", file.toUri().toString());
    }

    private void delete(Map<String, int[]> positions, Path file, String storageType, String name) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeByte(1);
        Map<String, ObjectNode> vectors = new LinkedHashMap<>();
        for (Map.Entry<String, int[]> entry : positions.entrySet()) {
            byte[] bitmap = bitmap(entry.getValue());
            ObjectNode vector = JSON.createObjectNode();
            vector.put("storageType", storageType);
            vector.put("pathOrInlineDv", name);
            vector.put("offset", out.size());
            vector.put("sizeInBytes", bitmap.length);
            vector.put("cardinality", entry.getValue().length);
            vectors.put(entry.getKey(), vector);
            CRC32 checksum = new CRC32();
            checksum.update(bitmap);
            out.writeInt(bitmap.length);
            out.write(bitmap);
            out.writeInt((int) checksum.getValue());
        }
        Files.createDirectories(file.getParent());
        Files.write(file, bytes.toByteArray());
        revector(vectors);
    }

    private static byte[] bitmap(int... positions) {
        RoaringBitmap rows = RoaringBitmap.bitmapOf(positions);
        ByteBuffer bytes =
                ByteBuffer.allocate(4 + 8 + 4 + rows.serializedSizeInBytes()).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(1681511377).putLong(1).putInt(0);
        rows.serialize(bytes);
        return bytes.array();
    }

    private void revector(Map<String, ObjectNode> vectors) throws IOException {
        LoggedTable table = newest();
        List<String> actions = new ArrayList<>();
        for (JsonNode add : List.copyOf(table.live.values())) {
            ObjectNode vector = vectors.get(add.get("path").asText());
            if (vector != null) {
                actions.add(remove(add));
                ObjectNode revectored = add.deepCopy();
                revectored.set("deletionVector", vector);
                actions.add(action("add", revectored));
            }
        }
        commit(table.version + 1, "DELETE", actions);
    }

    /** Brings the table back to an older version, as RESTORE does: what is recorded of transactions stays. */
    public void restore(long version) throws IOException {
        LoggedTable now = newest();
        LoggedTable then = replayed(version);
        List<String> actions = new ArrayList<>();
        now.live.forEach((key, add) -> {
            if (!then.live.containsKey(key)) {
                actions.add(remove(add));
            }
        });
        then.live.forEach((key, add) -> {
            if (!now.live.containsKey(key)) {
                actions.add(action("add", add));
            }
        });
        commit(now.version + 1, "RESTORE", actions);
    }

    /** Sets a property of the table, as ALTER TABLE does. */
    public void setProperty(String name, String value) throws IOException {
        LoggedTable table = newest();
        ObjectNode metadata = table.metadata().deepCopy();
        metadata.withObject("/configuration").put(name, value);
        commit(table.version + 1, "SET TBLPROPERTIES", List.of(action("metaData", metadata)));
    }

    private LoggedTable newest() throws IOException {
        return replayed(Long.MAX_VALUE);
    }

    private LoggedTable replayed(long version) throws IOException {
        LoggedTable table = new LoggedTable(directory.resolve("_delta_log"));
        while (table.version < version && table.replayNext()) {
            continue;
        }
        return table;
    }

    private static String remove(JsonNode add) {
        ObjectNode remove = JSON.createObjectNode();
        remove.set("path", add.get("path"));
        remove.put("deletionTimestamp", System.currentTimeMillis());
        remove.put("dataChange", true);
        remove.put("extendedFileMetadata", true);
        for (String field : List.of("partitionValues", "size", "tags", "deletionVector")) {
            if (add.hasNonNull(field)) {
                remove.set(field, add.get(field));
            }
        }
        return action("remove", remove);
    }

    private static String action(String kind, JsonNode value) {
        return JSON.createObjectNode().set(kind, value).toString();
    }

    private void commit(long version, String operation, List<String> actions) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("{\"commitInfo\":{\"timestamp\":" + System.currentTimeMillis() + ",\"operation\":\"" + operation
                + "\",\"operationParameters\":{},\"txnId\":\"" + UUID.randomUUID() + "\"}}");
        lines.addAll(actions);
        Files.write(directory.resolve("_delta_log").resolve(String.format("%020d.json", version)), lines);
    }
}
