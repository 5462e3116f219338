package dev.cdcdelta.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IcebergTableTest {
    @TempDir
    Path warehouse;

    @Test
    void rowsAreThoseOfTheCurrentSnapshot() throws IOException {
        IcebergTable table = new IcebergTable(warehouse);
        assertThat(table.rows()).isZero();

        Path metadata = Files.createDirectories(warehouse.resolve("peer/orders/metadata"));
        Files.writeString(metadata.resolve("version-hint.text"), "1");
        Files.writeString(metadata.resolve("v1.metadata.json"), "{\"current-snapshot-id\": -1, \"snapshots\": []}");
        assertThat(table.rows()).isZero();

        Files.writeString(metadata.resolve("version-hint.text"), "3\n");
        Files.writeString(metadata.resolve("v3.metadata.json"), """
                {"current-snapshot-id": 8512345678901234567, "snapshots": [
                  {"snapshot-id": 7412345678901234567, "summary": {"total-records": "1"}},
                  {"snapshot-id": 8512345678901234567, "summary": {"operation": "append", "total-records": "42"}}]}
                """);
        assertThat(table.rows()).isEqualTo(42);
        table.await(42);
    }
}
