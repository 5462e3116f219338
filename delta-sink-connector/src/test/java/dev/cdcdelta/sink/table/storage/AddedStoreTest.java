package dev.cdcdelta.sink.table.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cdcdelta.sink.table.storage.StoreInMemory.Contents;
import dev.cdcdelta.sink.table.storage.StoreInMemory.Fault;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The stores that take jars of the user's, on file systems in memory with the semantics of each. */
class AddedStoreTest {
    static List<String> containers() {
        return StoreInMemory.containers("lake");
    }

    private static WarehouseFiles open(String container) throws IOException {
        StoreInMemory.of(container).files.clear();
        StoreInMemory.of(container).faults.clear();
        return new Warehouses(StoreInMemory.options()).of(container + "/tables");
    }

    @ParameterizedTest
    @MethodSource("containers")
    void oneOfManyThreadsWinsAName(String container) throws Exception {
        Race.expectOneWinnerPerRound(open(container), container + "/race/", 50);

        assertThat(StoreInMemory.of(container).files).hasSize(50);
    }

    @ParameterizedTest
    @MethodSource("containers")
    void whatIsThereIsNotReplacedUnlessAskedFor(String container) throws IOException {
        WarehouseFiles files = open(container);
        String path = container + "/deep/down/once.json";
        files.putIfAbsent(path, bytes("first"));

        assertThatThrownBy(() -> files.putIfAbsent(path, bytes("second")))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(Race.read(files, path)).isEqualTo("first");

        files.put(path, bytes("third"));
        assertThat(Race.read(files, path)).isEqualTo("third");
        assertThat(StoreInMemory.of(container).files).containsOnlyKeys("/deep/down/once.json");
    }

    @ParameterizedTest
    @MethodSource("containers")
    void aLostAcknowledgementIsAVictory(String container) throws IOException {
        WarehouseFiles files = open(container);
        for (Fault fault : List.of(Fault.LOST_ACKNOWLEDGEMENT, Fault.REPEATED)) {
            StoreInMemory.of(container).faults.add(fault);
            String path = container + "/" + fault + ".json";

            files.putIfAbsent(path, bytes("mine"));

            assertThat(Race.read(files, path)).isEqualTo("mine");

            StoreInMemory.of(container).faults.add(fault);
            files.put(path, bytes("new"));

            assertThat(Race.read(files, path)).isEqualTo("new");
        }
        assertThat(StoreInMemory.of(container).files).hasSize(2);
    }

    @ParameterizedTest
    @MethodSource("containers")
    void aWriterThatLostAndHeardNothingHasNotWon(String container) throws IOException {
        WarehouseFiles files = open(container);
        Contents contents = StoreInMemory.of(container);
        contents.files.put("/lost.json", bytes("theirs"));
        contents.faults.add(Fault.LOST_ACKNOWLEDGEMENT);

        assertThatThrownBy(() -> files.putIfAbsent(container + "/lost.json", bytes("mine")))
                .isInstanceOf(FileAlreadyExistsException.class);
    }

    @ParameterizedTest
    @MethodSource("containers")
    void afterABrokenPutThereIsNothing(String container) throws IOException {
        WarehouseFiles files = open(container);
        Contents contents = StoreInMemory.of(container);
        contents.faults.add(Fault.BROKEN);

        assertThatThrownBy(() -> files.putIfAbsent(container + "/broken.json", bytes("mine")))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(FileAlreadyExistsException.class)
                .hasMessageContaining("the connection broke");
        assertThat(contents.files).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("containers")
    void anInterruptedThreadWritesAWholeFile(String container) throws IOException {
        WarehouseFiles files = open(container);

        Thread.currentThread().interrupt();
        files.putIfAbsent(container + "/whole.json", bytes("all of it"));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(Race.read(files, container + "/whole.json")).isEqualTo("all of it");
    }

    @ParameterizedTest
    @MethodSource("containers")
    void aFileAppearsWhenItIsClosedAndNotWhenItIsAbandoned(String container) throws IOException {
        WarehouseFiles files = open(container);
        Contents contents = StoreInMemory.of(container);
        NewFile file = files.create(container + "/part.parquet");
        file.write(bytes("rows"));
        assertThat(contents.files).doesNotContainKey("/part.parquet");
        file.close();
        file.abandon();
        NewFile abandoned = files.create(container + "/half.parquet");
        abandoned.write(bytes("ro"));
        abandoned.abandon();
        abandoned.close();

        assertThat(contents.files).containsOnlyKeys("/part.parquet");
        assertThat(Race.read(files, container + "/part.parquet")).isEqualTo("rows");
    }

    @Test
    void anUploadThatEndedEarlyIsNotPublished() throws IOException {
        WarehouseFiles files = open("gs://lake");
        NewFile file = files.create("gs://lake/part.parquet");
        file.write(bytes("rows"));
        Thread.currentThread().interrupt();

        assertThatThrownBy(file::close).hasMessageContaining("2 bytes instead of 4");

        assertThat(Thread.interrupted()).isTrue();
        assertThat(StoreInMemory.of("gs://lake").files).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("containers")
    void listingsStartAtANameAndAreSortedAndShowNoUnfinishedFiles(String container) throws IOException {
        WarehouseFiles files = open(container);
        String log = container + "/listing/_delta_log/";
        for (String name : List.of("3.json", "1.json", "2.json", "_last_checkpoint")) {
            files.put(log + name, bytes(name));
        }
        NewFile unfinished = files.create(log + "4.json");

        List<String> names = new ArrayList<>();
        try (CloseableIterator<FileStatus> found = files.listFrom(log + "2.json")) {
            found.forEachRemaining(file -> names.add(file.getPath()));
        }
        try (CloseableIterator<FileStatus> found = files.listFrom(log)) {
            found.forEachRemaining(file -> assertThat(file.getPath()).doesNotContain("tmp"));
        }

        assertThat(names).containsExactly(log + "2.json", log + "3.json", log + "_last_checkpoint");
        assertThatThrownBy(() -> files.listFrom(container + "/none/_delta_log/0.json"))
                .isInstanceOf(FileNotFoundException.class);
        unfinished.abandon();
    }

    @ParameterizedTest
    @MethodSource("containers")
    void aSoundStorePassesTheProbeAndIsLeftClean(String container) throws IOException {
        open(container);

        assertThatCode(() -> WarehouseProbe.probe(container + "/tables", StoreInMemory.options()))
                .doesNotThrowAnyException();

        assertThat(StoreInMemory.of(container).files).isEmpty();
    }

    @Test
    void anAzureAccountWithoutAHierarchicalNamespaceIsRefused() {
        Map<String, String> options = new HashMap<>(StoreInMemory.options());
        options.put("test.hierarchical", "false");

        assertThatThrownBy(() -> WarehouseProbe.probe("abfss://flat@account.dfs.core.windows.net/tables", options))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("has no hierarchical namespace");
    }

    @Test
    void whatAStoreSaysInTheProbeIsQuoted() throws IOException {
        open("gs://lake");
        StoreInMemory.of("gs://lake").faults.add(Fault.BROKEN);

        assertThatThrownBy(() -> WarehouseProbe.probe("gs://lake/tables", StoreInMemory.options()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("gs://lake/tables")
                .hasMessageContaining("the connection broke");
    }

    @ParameterizedTest
    @CsvSource({"abfss://lake@account.dfs.core.windows.net/t, hadoop-azure", "gs://lake/t, gcs-connector"})
    void withoutTheJarsTheUserIsToldWhichToAdd(String location, String library) {
        assertThatThrownBy(() -> new Warehouses(Map.of()).of(location))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(location.replaceFirst("/t$", ""))
                .hasMessageContaining("Put the jars of " + library + " into the plugin's directory");
    }

    @ParameterizedTest
    @ValueSource(strings = {"abfss://account.dfs.core.windows.net/t", "gs:///t", "abfs://c@a.dfs.core.windows.net/t"})
    void aLocationWithoutItsContainerIsRefused(String location) {
        assertThatThrownBy(() -> new Warehouses(StoreInMemory.options()).of(location))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("abfss://container@account.dfs.core.windows.net/path");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
