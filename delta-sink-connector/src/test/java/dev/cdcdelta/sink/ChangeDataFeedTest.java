package dev.cdcdelta.sink;

import static dev.cdcdelta.sink.FeedRig.P0;
import static dev.cdcdelta.sink.FeedRig.P1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cdcdelta.sink.change.Operation;
import dev.cdcdelta.sink.merge.MergeMode;
import dev.cdcdelta.sink.merge.TableDesign;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The change data feed, replayed from nothing, gives the table; every preimage is the row that was there. */
class ChangeDataFeedTest {
    private static final Map<String, String> FEED = Map.of("delta.enableChangeDataFeed", "true");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(
            value = WriteModesModelTest.Way.class,
            names = {"SOFT_COPY", "HISTORY", "UPSERT_BY_COLOR"})
    void theFeedLeadsToTheTable(WriteModesModelTest.Way way) throws Exception {
        run(way, 7, 6);
    }

    @Tag("slow")
    @ParameterizedTest
    @EnumSource(value = WriteModesModelTest.Way.class, names = "APPEND.*", mode = EnumSource.Mode.MATCH_NONE)
    void theFeedLeadsToTheTableInALongCampaign(WriteModesModelTest.Way way) throws Exception {
        int compactions = 0;
        for (long seed : Seeds.from(200, 20).toArray()) {
            compactions += run(way, seed, 30);
        }
        // Tables that rewrite their files anyway, or spread them over partitions, may have too few small ones.
        boolean isCompacted = way.design.policy().merge() == MergeMode.MERGE_ON_READ
                && way.design.partitionBy().isEmpty();
        if (isCompacted && !Seeds.areRepeated()) {
            assertThat(compactions).as("compactions of %s", way).isPositive();
        }
    }

    /** @return how many compactions there were */
    private int run(WriteModesModelTest.Way way, long seed, int rounds) throws Exception {
        Random random = new Random(seed);
        Path warehouse = directory.resolve("seed" + seed);
        FeedRig rig = new FeedRig(warehouse, way.design, FEED);
        SourceModel model = new SourceModel(rig, random, way.kind(), SourceModel::byNumber);
        List<FeedRig.Feeder> feeders = List.of(rig.feeder(P0), rig.feeder(P1));
        for (int round = 0; round < rounds; round++) {
            model.change(random.nextInt(12), 3 * round / rounds);
            feeders.get(random.nextInt(2)).read(1 + random.nextInt(20)).flush().compact();
            feeders.get(random.nextInt(2)).install();
        }
        feeders.forEach(feeder -> feeder.sink().compact().install());
        long newest = rig.table.snapshot().version();
        try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:")) {
            ChangeFeed feed = new ChangeFeed(warehouse.resolve("table"), way.kind(), duckDb).replay(1, newest);
            assertThat(feed.rows())
                    .as("%s, seed %d", way, seed)
                    .containsExactlyInAnyOrderElementsOf(rig.table.rows(false));
            assertThat(feed.counts()).as("%s, seed %d", way, seed).containsKeys("insert", "update_preimage");
            System.out.printf(
                    "change data feed: %s, seed %d, %d versions, %d compactions, %s; feed = table%n",
                    way, seed, newest, rig.compactions(), feed.counts());
        }
        return rig.compactions();
    }

    @Test
    void aCommitOfPureInsertsHasNoImages() throws IOException {
        FeedRig rig = new FeedRig(directory, TableDesign.DEFAULT, FEED);
        rig.append(P0, Documents.upsert("a", Documents.version(1, 0), Operation.CREATE, 0, 1));
        rig.feeder(P0).sink();
        assertThat(Files.readString(ChangeFeed.commit(directory.resolve("table"), 1)))
                .contains("\"add\"")
                .doesNotContain("\"cdc\"");
    }

    @Test
    void imagesAreWrittenFromTheMomentAtWhichSomebodySwitchesTheFeedOn() throws Exception {
        FeedRig rig = new FeedRig(directory, TableDesign.DEFAULT, Map.of());
        FeedRig.Feeder feeder = rig.feeder(P0);
        rig.append(P0, Documents.upsert("a", Documents.version(1, 0), Operation.CREATE, 0, 1));
        feeder.sink();
        switchOnFeed(rig.table.snapshot().version() + 1);
        rig.append(P0, Documents.upsert("a", Documents.version(2, 0), Operation.UPDATE, 2, 2));
        rig.append(P0, Documents.upsert("b", Documents.version(2, 0), Operation.CREATE, 2, 3));
        feeder.sink();
        Path table = directory.resolve("table");
        assertThat(Files.readString(
                        ChangeFeed.commit(table, rig.table.snapshot().version())))
                .contains("\"cdc\"");
        try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:")) {
            ChangeFeed feed = new ChangeFeed(table, TableDesign.DEFAULT.policy().kind(), duckDb);
            feed.replay(1, 1).replay(3, rig.table.snapshot().version());
            assertThat(feed.rows()).containsExactlyElementsOf(rig.table.rows(false));
            assertThat(feed.counts()).isEqualTo(Map.of("insert", 2, "update_preimage", 1, "update_postimage", 1));
        }
    }

    /** What ALTER TABLE ... SET TBLPROPERTIES writes. */
    private void switchOnFeed(long version) throws IOException {
        Path table = directory.resolve("table");
        List<String> actions =
                new ArrayList<>(List.of("{\"commitInfo\":{\"timestamp\":0,\"operation\":\"SET TBLPROPERTIES\"}}"));
        for (String line : Files.readAllLines(ChangeFeed.commit(table, 0))) {
            JsonNode action = JSON.readTree(line);
            if (action.has("protocol")) {
                ((ArrayNode) action.get("protocol").get("writerFeatures")).add("changeDataFeed");
                actions.add(action.toString());
            } else if (action.has("metaData")) {
                ((ObjectNode) action.get("metaData").get("configuration")).put("delta.enableChangeDataFeed", "true");
                actions.add(action.toString());
            }
        }
        Files.write(ChangeFeed.commit(table, version), actions);
    }
}
