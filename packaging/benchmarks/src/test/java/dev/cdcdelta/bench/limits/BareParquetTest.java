package dev.cdcdelta.bench.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.bench.load.ChangePlan;
import dev.cdcdelta.bench.load.DocumentSize;
import dev.cdcdelta.bench.load.OrderEvents;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BareParquetTest {
    @TempDir
    Path directory;

    @Test
    void whatIsWrittenIsWhatTheDocumentsTell() throws Exception {
        OrderEvents events = new OrderEvents(3, DocumentSize.MEDIUM, "load", "orders");
        Object[][] rows = new Object[10][];
        for (int key = 0; key < rows.length; key++) {
            rows[key] = OrderRows.of(events.value(new ChangePlan.Change(key, ChangePlan.Kind.INSERT, key)));
        }
        Path file = directory.resolve("orders.parquet");

        BareParquet.write(file, rows, 25);

        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement();
                ResultSet result = statement.executeQuery("SELECT count(*), count(DISTINCT _id), sum(sequence),"
                        + " min(len(items)), max(address.country), count(items[3].sku) FROM '" + file + "'")) {
            assertThat(result.next()).isTrue();
            assertThat(result.getLong(1)).isEqualTo(25);
            assertThat(result.getLong(2)).isEqualTo(10);
            assertThat(result.getLong(3)).isEqualTo(2 * 45 + 10);
            assertThat(result.getLong(4)).isEqualTo(3);
            assertThat(result.getString(5)).isEqualTo("DE");
            assertThat(result.getLong(6)).isEqualTo(25);
        }
    }

    @Test
    void scanLooksAtTheDocumentInTheEnvelope() throws Exception {
        OrderEvents events = new OrderEvents(3, DocumentSize.MEDIUM, "load", "orders");
        EnvelopeScan scan = new EnvelopeScan();

        long small = scan.scan(events.value(new ChangePlan.Change(1, ChangePlan.Kind.INSERT, 1)));
        long other = scan.scan(events.value(new ChangePlan.Change(1, ChangePlan.Kind.INSERT, 2)));

        assertThat(small).isNotEqualTo(other);
    }
}
