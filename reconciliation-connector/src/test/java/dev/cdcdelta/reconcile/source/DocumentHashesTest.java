package dev.cdcdelta.reconcile.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.reconcile.Seed;
import dev.cdcdelta.reconcile.range.ContentHash;
import dev.cdcdelta.sink.batch.TableRows;
import dev.cdcdelta.sink.change.Operation;
import dev.cdcdelta.sink.change.SourceVersion;
import dev.cdcdelta.sink.mapping.RowDocument;
import dev.cdcdelta.sink.schema.ColumnType;
import dev.cdcdelta.sink.schema.SchemaGrowth;
import dev.cdcdelta.sink.schema.SchemaPlanner;
import dev.cdcdelta.sink.schema.TableKind;
import dev.cdcdelta.smt.schema.ConflictPolicy;
import dev.cdcdelta.smt.schema.SchemaRules;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonJavaScript;
import org.bson.BsonMaxKey;
import org.bson.BsonMinKey;
import org.bson.BsonNull;
import org.bson.BsonObjectId;
import org.bson.BsonRegularExpression;
import org.bson.BsonString;
import org.bson.BsonSymbol;
import org.bson.BsonTimestamp;
import org.bson.BsonValue;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;

/** Whatever columns a table has by now, a document has one hash. */
class DocumentHashesTest {
    private static final SchemaRules RULES = SchemaRules.of(ConflictPolicy.SIDECAR);

    @Test
    void aDocumentHasOneHashWhicheverDocumentsMadeTheColumnsBeforeIt() {
        Random random = Seed.random(this);
        for (int round = 0; round < 300; round++) {
            List<BsonDocument> documents = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                documents.add(document(random, i));
            }
            List<ContentHash> alone =
                    documents.stream().map(each -> hashes().of(each)).toList();
            DocumentHashes one = hashes();
            assertThat(documents.stream().map(one::of)).as("in order").isEqualTo(alone);
            DocumentHashes other = hashes();
            List<Integer> order = new ArrayList<>();
            for (int i = 0; i < documents.size(); i++) {
                order.add(i);
            }
            Collections.shuffle(order, random);
            for (int i : order) {
                assertThat(other.of(documents.get(i)))
                        .as("%s", documents.get(i))
                        .isEqualTo(alone.get(i));
            }
        }
    }

    @Test
    void theHashOfAnEventsTextIsThatOfTheDocument() {
        Random random = Seed.random(this);
        for (int i = 0; i < 2_000; i++) {
            BsonDocument document = document(random, i);
            assertThat(hashes().ofEvent(document)).as("%s", document).isEqualTo(hashes().of(document));
        }
    }

    @Test
    void theShortWayComesToTheSameAsTheMapping() {
        Random random = Seed.random(this);
        DocumentHashes direct = hashes(true);
        DocumentHashes mapped = hashes(false);
        for (int i = 0; i < 2_000; i++) {
            BsonDocument document = document(random, i);
            assertThat(direct.of(document)).as("%s", document).isEqualTo(mapped.of(document));
        }
    }

    /** In a table that forbids it, what would widen its column stands beside it, with the hash that it has anyway. */
    @Test
    void aTableThatMayNotWidenHasTheSameHashes() {
        SchemaRules strict = SchemaRules.of(ConflictPolicy.DLQ);
        BsonDocument wider = BsonDocument.parse("{_id: 2, a: 5.5}");
        TableColumns narrow = new TableColumns(columnsOf("{_id: 1, a: 5}"), false);
        assertThat(new DocumentHashes(planner(RULES), RULES, narrow, false).of(wider))
                .isEqualTo(hashes().of(wider));
        assertThat(new DocumentHashes(planner(strict), strict, narrow, false).of(wider))
                .isEqualTo(DocumentHashes.REFUSED);
    }

    @Test
    void orderOfFieldsAndTypesOfNumbersDoNotCount() {
        assertThat(hash("{_id: 1, a: 5, b: {c: 1, d: 2.5}}"))
                .isEqualTo(hash("{b: {d: 2.5, c: {$numberLong: '1'}}, a: 5.0, _id: {$numberLong: '1'}}"));
        assertThat(hash("{_id: 1, a: 5}")).isNotEqualTo(hash("{_id: 1, a: 6}"));
        assertThat(hash("{_id: 1, a: 5}")).isNotEqualTo(hash("{_id: 1, a: '5'}"));
        assertThat(hash("{_id: 1, a: [1, 2]}")).isNotEqualTo(hash("{_id: 1, a: [2, 1]}"));
        assertThat(hash("{_id: 1, a: 5}")).isNotEqualTo(hash("{_id: 1, b: 5}"));
    }

    @Test
    void whatTheRulesRefuseIsInNoTable() {
        SchemaRules strict = SchemaRules.of(ConflictPolicy.DLQ);
        DocumentHashes hashes =
                new DocumentHashes(planner(strict), strict, new TableColumns(columnsOf("{_id: 1, a: 5}"), true), false);
        assertThat(hashes.of(BsonDocument.parse("{_id: 2, a: 'x'}"))).isEqualTo(DocumentHashes.REFUSED);
        assertThat(hashes.of(BsonDocument.parse("{_id: 1, a: 5}"))).isEqualTo(hash("{_id: 1, a: 5}"));
    }

    private static ContentHash hash(String document) {
        return hashes().of(BsonDocument.parse(document));
    }

    private static DocumentHashes hashes() {
        return hashes(false);
    }

    private static DocumentHashes hashes(boolean direct) {
        return new DocumentHashes(planner(RULES), RULES, TableColumns.of(Optional.empty()), direct);
    }

    private static SchemaPlanner planner(SchemaRules rules) {
        return new SchemaPlanner(SchemaGrowth.WIDEN, rules, TableKind.DOCUMENTS, false);
    }

    private static ColumnType.Struct columnsOf(String document) {
        TableRows rows = new TableRows(planner(RULES), RULES);
        return rows.admit(
                        new RowDocument.Content(BsonDocument.parse(document), false),
                        SourceVersion.UNKNOWN,
                        Operation.READ)
                .columns();
    }

    private static BsonDocument document(Random random, int i) {
        BsonDocument document = new BsonDocument("_id", i % 3 == 0 ? new BsonString("k" + i) : new BsonInt32(i));
        for (char name = 'a'; name < 'e'; name++) {
            if (random.nextBoolean()) {
                document.append(String.valueOf(name), value(random, 2));
            }
        }
        return document;
    }

    private static BsonValue value(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 22 : 19)) {
            case 0 -> new BsonInt32(random.nextInt(5));
            case 1 -> new BsonInt64(random.nextBoolean() ? random.nextInt(5) : random.nextLong());
            case 2 -> new BsonDouble(random.nextInt(5));
            case 3 -> new BsonDouble(random.nextDouble());
            case 4 -> new BsonString("s" + random.nextInt(3));
            case 5 -> BsonBoolean.valueOf(random.nextBoolean());
            case 6 -> BsonNull.VALUE;
            case 7 -> new BsonObjectId(new ObjectId(random.nextInt(3), 1));
            case 8 -> new BsonDateTime(random.nextInt(1_000_000));
            case 9 -> new BsonDateTime(Long.MAX_VALUE - random.nextInt(3));
            case 10 -> new BsonTimestamp(random.nextInt(), random.nextInt());
            case 11 -> new BsonBinary(new byte[] {1, (byte) random.nextInt(3)});
            case 12 -> new BsonBinary((byte) 4, new byte[16]);
            case 13 -> new BsonDecimal128(Decimal128.parse(random.nextInt(3) + ".50"));
            case 14 -> new BsonRegularExpression("a.*", "i");
            case 15 -> new BsonSymbol("s1");
            case 16 -> new BsonJavaScript("s2");
            case 17 -> random.nextBoolean() ? new BsonMinKey() : new BsonMaxKey();
            case 18 -> new BsonDouble(random.nextBoolean() ? Double.NaN : Double.NEGATIVE_INFINITY);
            case 19 -> {
                BsonArray array = new BsonArray();
                for (int n = random.nextInt(4); n > 0; n--) {
                    array.add(value(random, depth - 1));
                }
                yield array;
            }
            default -> {
                BsonDocument nested = new BsonDocument();
                for (char name = 'x'; name <= 'z'; name++) {
                    if (random.nextBoolean()) {
                        nested.append(String.valueOf(name), value(random, depth - 1));
                    }
                }
                yield nested;
            }
        };
    }
}
