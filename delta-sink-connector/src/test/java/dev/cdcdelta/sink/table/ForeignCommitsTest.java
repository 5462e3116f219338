package dev.cdcdelta.sink.table;

import static dev.cdcdelta.sink.table.Tables.ID_AND_NAME;
import static dev.cdcdelta.sink.table.Tables.append;
import static dev.cdcdelta.sink.table.Tables.row;
import static dev.cdcdelta.sink.table.Tables.write;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What others write into the log by their own lights: following it commit by commit must lead where reading it anew leads. */
class ForeignCommitsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    private final DeltaTables tables = new DeltaTables(Map.of());
    private int properties;

    @AfterEach
    void close() {
        tables.close();
    }

    private String location() {
        return "file://" + directory + "/table";
    }

    private Path log(long version) {
        return directory.resolve(String.format("table/_delta_log/%020d.json", version));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void followingTheLogLeadsWhereReadingItAnewLeads(long seed) throws Exception {
        Random random = new Random(seed);
        DeltaTable follower = tables.create(location(), ID_AND_NAME, Map.of("delta.checkpointInterval", "7"));
        TableSnapshot mark = follower.snapshot();
        for (int round = 0; round < 12; round++) {
            int foreign = random.nextInt(4);
            for (int i = 0; i < foreign; i++) {
                commitByHand(random);
            }
            follower.refresh();
            DeltaTable anew = tables.open(location()).orElseThrow();
            assertThat(follower.snapshot()).as("seed %s, round %s", seed, round).isEqualTo(anew.snapshot());
            Tables.rows(follower);
            assertThat(follower.changedSince(mark.version()))
                    .as("seed %s, round %s, since %s", seed, round, mark.version())
                    .hasValueSatisfying(paths -> assertThat(paths).containsAll(changed(mark, follower.snapshot())));
            commitOwn(follower, random);
            assertThat(follower.snapshot())
                    .as("seed %s, round %s, own", seed, round)
                    .isEqualTo(tables.open(location()).orElseThrow().snapshot());
        }
    }

    private static Set<String> changed(TableSnapshot before, TableSnapshot after) {
        Set<String> paths = new HashSet<>(before.files().keySet());
        paths.addAll(after.files().keySet());
        paths.removeIf(path -> {
            DataFile one = before.files().get(path);
            DataFile other = after.files().get(path);
            return one != null && other != null && one.deletionVector().equals(other.deletionVector());
        });
        return paths;
    }

    private static void commitOwn(DeltaTable table, Random random) throws LostRaceException {
        DataFile added = write(table, ID_AND_NAME, row(random.nextLong(), "own"), row(1L, null), row(2L, "z"));
        List<DataFile> files = new ArrayList<>(table.snapshot().files().values());
        if (files.isEmpty() || random.nextBoolean()) {
            table.commit(append(table, added));
            return;
        }
        DataFile file = files.get(random.nextInt(files.size()));
        table.commit(new TableCommit(
                ID_AND_NAME,
                List.of(added),
                Map.of(file.path(), org.roaringbitmap.longlong.Roaring64Bitmap.bitmapOf(random.nextInt((int)
                        file.rowCount()))),
                Map.of("own", random.nextLong())));
    }

    private void commitByHand(Random random) throws IOException {
        DeltaTable other = tables.open(location()).orElseThrow();
        List<String> lines = new ArrayList<>();
        switch (random.nextInt(5)) {
            case 0 -> lines.add(addWithoutStatistics(other, random.nextBoolean()));
            case 1 -> {
                lines.addAll(removeOne(other, random));
                lines.add("{\"txn\":{\"appId\":\"spark\",\"version\":" + random.nextInt(1000) + "}}");
            }
            case 2 -> {
                lines.addAll(removeOne(other, random));
                lines.add(addWithoutStatistics(other, false));
                lines.add("{\"commitInfo\":{\"timestamp\":1,\"operation\":\"OPTIMIZE\"}}");
            }
            case 3 -> lines.add(0, metadataWithAnotherProperty(other));
            default ->
                lines.add("{\"commitInfo\":{\"timestamp\":" + random.nextInt() + ",\"operation\":\"VACUUM END\"}}");
        }
        if (lines.isEmpty()) {
            lines.add("{\"commitInfo\":{\"timestamp\":0,\"operation\":\"NOTHING\"}}");
        }
        Files.write(log(other.snapshot().version() + 1), lines);
    }

    private static String addWithoutStatistics(DeltaTable table, boolean absolute) {
        DataFile file = write(table, ID_AND_NAME, row(7L, "foreign"), row(8L, null));
        String path = absolute ? table.location() + "/" + file.path() : file.path();
        return "{\"add\":{\"path\":\"" + path + "\",\"partitionValues\":{},\"size\":" + file.size()
                + ",\"modificationTime\":0,\"dataChange\":true}}";
    }

    private List<String> removeOne(DeltaTable table, Random random) throws IOException {
        List<JsonNode> live =
                new ArrayList<>(lastAdds(table.snapshot().version()).values());
        live.removeIf(
                add -> !table.snapshot().files().containsKey(add.path("path").asText()));
        if (live.isEmpty()) {
            return List.of();
        }
        JsonNode add = live.get(random.nextInt(live.size()));
        ObjectNode remove = JSON.createObjectNode();
        remove.set("path", add.get("path"));
        remove.put("deletionTimestamp", System.currentTimeMillis());
        remove.put("dataChange", true);
        if (add.has("deletionVector")) {
            remove.set("deletionVector", add.get("deletionVector"));
        }
        return List.of(JSON.createObjectNode().set("remove", remove).toString());
    }

    private Map<String, JsonNode> lastAdds(long version) throws IOException {
        Map<String, JsonNode> adds = new HashMap<>();
        for (long v = 0; v <= version; v++) {
            for (String line : Files.readAllLines(log(v))) {
                JsonNode add = JSON.readTree(line).path("add");
                if (add.isObject()) {
                    adds.put(add.get("path").asText(), add);
                }
            }
        }
        return adds;
    }

    private String metadataWithAnotherProperty(DeltaTable table) throws IOException {
        JsonNode last = null;
        for (long v = 0; v <= table.snapshot().version(); v++) {
            for (String line : Files.readAllLines(log(v))) {
                JsonNode action = JSON.readTree(line);
                last = action.has("metaData") ? action : last;
            }
        }
        java.util.Objects.requireNonNull(last);
        ((ObjectNode) last.get("metaData").get("configuration")).put("user.note", "note " + properties++);
        return last.toString();
    }

    @Test
    void aTableCreatedAnewBehindTheSameLocationIsNotFollowed() throws Exception {
        DeltaTable known = tables.create(location(), ID_AND_NAME, Map.of());
        known.commit(append(known, write(known, ID_AND_NAME, row(1L, "old"))));
        String oldId = known.snapshot().tableId();
        try (var files = Files.walk(directory.resolve("table"))) {
            for (Path path : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
        DeltaTable anew = tables.create(location(), ID_AND_NAME, Map.of());
        anew.commit(append(anew, write(anew, ID_AND_NAME, row(1L, "new"))));
        anew.commit(append(anew, write(anew, ID_AND_NAME, row(2L, "new"))));

        assertThat(known.refresh()).isEqualTo(anew.snapshot());
        assertThat(known.snapshot().tableId()).isNotEqualTo(oldId);
        assertThat(known.changedSince(1)).isEmpty();
    }

    @Test
    void aLogWhoseOldCommitsAreGoneIsReadAnew() throws Exception {
        DeltaTable known = tables.create(location(), ID_AND_NAME, Map.of("delta.checkpointInterval", "5"));
        DeltaTable busy = tables.open(location()).orElseThrow();
        for (int i = 0; i < 6; i++) {
            busy.commit(append(busy, write(busy, ID_AND_NAME, row((long) i, "x"))));
        }
        for (long version = 0; version < 5; version++) {
            Files.delete(log(version));
        }

        assertThat(known.refresh()).isEqualTo(busy.snapshot());
        assertThat(known.changedSince(0)).contains(busy.snapshot().files().keySet());
    }
}
