package dev.cdcdelta.reconcile.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a task holds does not grow with the collection, not even where all of it differs: it is run in a small heap. */
class MemoryTest {
    @TempDir
    Path directory;

    @Test
    void aCollectionOfMoreThanTwiceTheHeapIsComparedWithAnEmptyTable() throws Exception {
        run("64m", 150_000);
    }

    @Tag("slow")
    @Test
    void aCollectionOfManyTimesTheHeapIsComparedWithAnEmptyTable() throws Exception {
        run("96m", 5_000_000);
    }

    private void run(String heap, int documents) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + heap,
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        LargeCollection.class.getName(),
                        directory.toString(),
                        Integer.toString(documents)))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        System.out.println(output);
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output).contains("documents=" + documents + " findings=10000 unexamined=" + (documents - 10_000));
    }
}
