package dev.cdcdelta.sink;

import static dev.cdcdelta.sink.FeedRig.P0;
import static dev.cdcdelta.sink.FeedRig.P1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.sink.change.SourceVersion;
import dev.cdcdelta.sink.merge.DeleteMode;
import dev.cdcdelta.sink.merge.MergeMode;
import dev.cdcdelta.sink.merge.TableDesign;
import dev.cdcdelta.sink.merge.WriteMode;
import dev.cdcdelta.sink.merge.WritePolicy;
import dev.cdcdelta.sink.schema.TableKind;
import dev.cdcdelta.sink.table.TableProtocolCheck;
import dev.cdcdelta.smt.ejson.ExtendedJson;
import dev.cdcdelta.smt.schema.ConflictPolicy;
import dev.cdcdelta.smt.schema.SchemaRules;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random updates that come without their documents, against documents that are changed in place: with the whole text stored and without,
 * with {@code _id}s of several types, compacted in between, with writers that die around their commits, or linger on.
 */
class UpdatesModelTest {
    private static final int KEYS = 8;

    /** What is said of fields: nothing; text for some; types that most values do not fit, so that they stand beside them. */
    private static final List<SchemaRules> RULES = List.of(
            SchemaRules.of(ConflictPolicy.SIDECAR),
            SchemaRules.of(ConflictPolicy.SIDECAR, "a=json,b.*=json", ""),
            SchemaRules.of(ConflictPolicy.SIDECAR, "", "a=bigint,$c=timestamp"),
            SchemaRules.of(ConflictPolicy.SIDECAR, "$c=json", "b=double,b.a=string"),
            SchemaRules.of(ConflictPolicy.JSON, "color=sidecar", ""));

    @TempDir
    Path directory;

    enum Way {
        UPSERT(WriteMode.UPSERT, DeleteMode.HARD, MergeMode.MERGE_ON_READ, Map.of()),
        SOFT(WriteMode.UPSERT, DeleteMode.SOFT, MergeMode.MERGE_ON_READ, Map.of()),
        HISTORY(WriteMode.HISTORY, DeleteMode.HARD, MergeMode.MERGE_ON_READ, Map.of()),
        COPY(WriteMode.UPSERT, DeleteMode.HARD, MergeMode.COPY_ON_WRITE, Map.of()),
        FEED(WriteMode.UPSERT, DeleteMode.HARD, MergeMode.MERGE_ON_READ, Map.of("delta.enableChangeDataFeed", "true")),
        NARROW(WriteMode.UPSERT, DeleteMode.HARD, MergeMode.MERGE_ON_READ, Map.of("delta.enableTypeWidening", "false")),
        BY_COLOR(WriteMode.UPSERT, DeleteMode.HARD, MergeMode.MERGE_ON_READ, Map.of(), "color");

        final TableDesign design;
        final Map<String, String> properties;

        Way(WriteMode mode, DeleteMode deletes, MergeMode merge, Map<String, String> properties, String... columns) {
            design = new TableDesign(new WritePolicy(mode, deletes, merge), List.of(columns), List.of());
            this.properties = properties;
        }

        TableKind kind() {
            return design.policy().kind();
        }
    }

    /** @param document null once it is deleted */
    private record State(@Nullable BsonDocument document, BsonDocument last, SourceVersion version, String operation) {}

    static Stream<Arguments> fewSeeds() {
        return seeds(Seeds.from(1, 14));
    }

    static Stream<Arguments> manySeeds() {
        return seeds(Seeds.from(100, 200));
    }

    /** Each seed in one of the ways, with and without the text. */
    private static Stream<Arguments> seeds(LongStream seeds) {
        return seeds.mapToObj(seed -> Arguments.of(
                Way.values()[(int) (seed % Way.values().length)], seed / Way.values().length % 2 == 0, seed));
    }

    @ParameterizedTest(name = "{0}, text {1}, seed {2}")
    @MethodSource("fewSeeds")
    void theTableHoldsTheUpdatedDocumentsAfterAnyCrash(Way way, boolean keepsText, long seed) throws Exception {
        TableProtocolCheck.check(new Run(way, keepsText, seed).play(30).location());
    }

    @Tag("slow")
    @ParameterizedTest(name = "{0}, text {1}, seed {2}")
    @MethodSource("manySeeds")
    void theTableHoldsTheUpdatedDocumentsAfterAnyCrashInALongCampaign(Way way, boolean keepsText, long seed) {
        new Run(way, keepsText, seed).play(60);
    }

    private final class Run {
        private final Way way;
        private final boolean keepsText;
        private final long seed;
        private final Random random;
        private final FeedRig rig;
        private final UpdateSource source;
        private final Map<String, State> documents = new LinkedHashMap<>();
        private final List<String> versions = new ArrayList<>();
        private long time = 1_000;
        private int updates;

        Run(Way way, boolean keepsText, long seed) {
            this.way = way;
            this.keepsText = keepsText;
            this.seed = seed;
            this.random = new Random(seed);
            SchemaRules rules = RULES.get((int) (seed % RULES.size()));
            this.rig = new FeedRig(directory, way.design, way.properties, keepsText, rules);
            this.source = new UpdateSource(random, keepsText, rules, random.nextBoolean());
        }

        TableContent play(int rounds) {
            FeedRig.Feeder[] feeders = {rig.feeder(Crash.around(random), P0), rig.feeder(Crash.around(random), P1)};
            TopicPartition[] partitions = {P0, P1};
            List<FeedRig.Feeder> zombies = new ArrayList<>();
            for (int round = 0; round < rounds; round++) {
                for (int i = random.nextInt(12); i > 0; i--) {
                    change("k" + random.nextInt(KEYS));
                }
                int which = random.nextInt(2);
                try {
                    feeders[which].read(1 + random.nextInt(20));
                    if (random.nextInt(3) > 0) {
                        feeders[which].flush();
                    }
                    if (random.nextInt(3) > 0) {
                        feeders[which].install();
                    }
                    if (random.nextInt(3) > 0) {
                        feeders[which].compact();
                    }
                    if (random.nextInt(10) == 0) {
                        zombies.add(feeders[which]);
                        feeders[which] = rig.feeder(Crash.around(random), partitions[which]);
                    }
                } catch (Crash crash) {
                    feeders[which] = rig.feeder(Crash.around(random), partitions[which]);
                }
                if (!zombies.isEmpty() && random.nextInt(6) == 0) {
                    Crash.letLinger(zombies.remove(0)::sink);
                }
            }
            rig.feeder(P0).sink().compact().install();
            rig.feeder(P1).sink().compact().install();
            List<String> found = DocumentRows.of(rig.table, keepsText);
            List<String> expected = expected();
            assertThat(found)
                    .as("%s, text %s, seed %d", way, keepsText, seed)
                    .containsExactlyInAnyOrderElementsOf(expected);
            System.out.printf(
                    "updates: %s, text %s, seed %d, %d updates without image, %d versions, %d rows; table = model%n",
                    way, keepsText, seed, updates, rig.table.snapshot().version(), expected.size());
            return rig.table;
        }

        private void change(String id) {
            TopicPartition partition = SourceModel.byNumber(id);
            State before = documents.get(id);
            if (random.nextInt(4) > 0) {
                time++;
            }
            SourceVersion version = Documents.version(time, 1);
            if (before == null || before.document() == null) {
                create(id, partition, version);
            } else if (random.nextInt(8) == 0) {
                rig.append(partition, source.image(partition, id, "d", null, version));
                put(id, new State(null, before.document(), version, "d"));
            } else if (random.nextInt(8) == 0) {
                BsonDocument replaced = source.newDocument(id);
                rig.append(partition, source.image(partition, id, "u", replaced, version));
                put(id, new State(replaced, replaced, version, "u"));
            } else {
                update(id, partition, before, version);
            }
            if (random.nextInt(5) == 0) {
                stale(id, partition);
            }
        }

        private void create(String id, TopicPartition partition, SourceVersion version) {
            BsonDocument document = source.newDocument(id);
            if (way.kind() == TableKind.VERSIONS || random.nextBoolean()) {
                rig.append(partition, source.image(partition, id, "c", document, version));
                put(id, new State(document, document, version, "c"));
                return;
            }
            // A snapshot reads the document with changes whose events follow.
            List<UpdateSource.Description> overtaken = new ArrayList<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                BsonDocument before = document.clone();
                UpdateSource.Description each = source.change(before);
                // Fields that go and come again may change places in the text, which such events do not tell.
                if (!keepsText || each.removed().isEmpty()) {
                    document = before;
                    overtaken.add(each);
                }
            }
            BsonDocument read = document.clone();
            SourceVersion newest = Documents.version(time + 1_000_000, -1);
            rig.append(partition, source.image(partition, id, "r", read, newest));
            String operation = "r";
            for (UpdateSource.Description each : overtaken) {
                newest = Documents.version(time++, 1);
                rig.append(partition, source.update(partition, id, each, newest));
                operation = "u";
                updates++;
            }
            put(id, new State(read, read, newest, operation));
        }

        private void update(String id, TopicPartition partition, State before, SourceVersion version) {
            BsonDocument document = before.last().clone();
            UpdateSource.Description description = source.change(document);
            rig.append(partition, source.update(partition, id, description, version));
            updates++;
            put(id, new State(document, document, version, "u"));
        }

        /** An update that comes a second time, long after. */
        private void stale(String id, TopicPartition partition) {
            State now = documents.get(id);
            if (now == null || now.version().ordinal() < 0) {
                return;
            }
            boolean isRemembered = now.document() != null || way.kind() == TableKind.MARKED_DOCUMENTS;
            if (isRemembered) {
                UpdateSource.Description description = source.change(now.last().clone());
                rig.append(partition, source.update(partition, id, description, Documents.version(1, 1)));
            }
        }

        private void put(String id, State after) {
            State before = documents.put(id, after);
            if (way.kind() == TableKind.VERSIONS && before != null && before.document() != null) {
                versions.add(row(before)
                        + " to "
                        + Math.max(
                                before.version().timeMillis(), after.version().timeMillis()));
            }
        }

        private List<String> expected() {
            List<String> rows = new ArrayList<>(versions);
            for (State state : documents.values()) {
                if (way.kind() == TableKind.MARKED_DOCUMENTS) {
                    rows.add(row(state) + (state.document() == null ? " deleted" : ""));
                } else if (state.document() != null) {
                    rows.add(row(state));
                }
            }
            return rows;
        }

        private String row(State state) {
            String document = keepsText ? ExtendedJson.text(state.last()) : DocumentRows.meaning(state.last());
            return document + " at " + state.version().timeMillis() + "/"
                    + state.version().ordinal() + " " + state.operation();
        }
    }
}
