package dev.cdcdelta.reconcile.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.reconcile.record.RangeResult;
import dev.cdcdelta.reconcile.table.VerifiedTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table says up to when it is right, and the sink goes on behind that. */
class VerifiedTableTest {
    @TempDir
    Path directory;

    PipelineRig rig;

    @BeforeEach
    void fill() {
        rig = new PipelineRig(directory);
        rig.collection.put(SampleDocuments.plain(SampleDocuments.key(1), 1));
        rig.settle();
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void theTableSaysItAndTheSinkWritesOnAndKeepsIt() throws IOException {
        RangeResult result = rig.run(rig.collection.plan(10));
        write("first", result);
        long described = rig.vandal.table().snapshot().version();
        rig.collection.put(SampleDocuments.plain(SampleDocuments.key(1), 2));
        rig.settle();
        rig.results.clear();
        RangeResult second = rig.run(rig.collection.plan(10));
        write("second", second);
        rig.collection.put(SampleDocuments.plain(SampleDocuments.key(2), 3));
        rig.settle();
        rig.results.clear();

        assertThat(rig.run(rig.collection.plan(10)).verdict()).isEqualTo("clean");
        List<String> said = said();
        assertThat(said).hasSize(2);
        BsonDocument last = BsonDocument.parse(BsonDocument.parse(said.get(1))
                .getDocument("domainMetadata")
                .getString("configuration")
                .getValue());
        assertThat(last.getString("run").getValue()).isEqualTo("second");
        assertThat(last.getNumber("verified_through_ms").longValue())
                .isEqualTo(second.verifiedThrough().orElseThrow());
        assertThat(log(described))
                .anyMatch(line -> line.contains("\"domainMetadata\"")
                        && line.contains("protocol")
                        && line.contains("deletionVectors"));
    }

    @Test
    void aTableThatIsNotRightSaysNothing() throws IOException {
        rig.vandal.change((document, row) ->
                document.getNumber("n", new BsonInt32(0)).intValue() == 1 ? List.of() : List.of(row));
        write("bad", rig.run(rig.collection.plan(10)));
        assertThat(said()).isEmpty();
    }

    private void write(String run, RangeResult result) {
        new VerifiedTable(rig.tables, "file://" + directory + "/shop/orders").write(run, result);
    }

    private List<String> said() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("shop/orders/_delta_log"))) {
            return files.filter(file -> file.toString().matches(".*\\d{20}\\.json"))
                    .sorted()
                    .flatMap(VerifiedTableTest::lines)
                    .filter(line -> line.startsWith("{\"domainMetadata\"") && line.contains(VerifiedTable.DOMAIN))
                    .toList();
        }
    }

    private List<String> log(long version) {
        return lines(directory.resolve(String.format("shop/orders/_delta_log/%020d.json", version)))
                .toList();
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
