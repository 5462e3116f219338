package dev.cdcdelta.admin.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cdcdelta.admin.failure.CommandException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentFileTest {
    @TempDir
    Path directory;

    private CollectedDocuments read(String text) throws IOException {
        Path file = Files.writeString(directory.resolve("documents.json"), text);
        return CollectedDocuments.of(new DocumentFile(file));
    }

    @Test
    void documentsMayBeLaidOutInAnyWay() throws IOException {
        assertThat(read("{\"a\":1}\n{\"a\":2}\n").texts()).containsExactly("{\"a\": 1}", "{\"a\": 2}");
        assertThat(read("[{\"a\":1},\n {\"a\":2}]").texts()).containsExactly("{\"a\": 1}", "{\"a\": 2}");
        assertThat(read("\uFEFF{\n \"a\": {\"b\": \"}{\\\"\\\\\"}\n} {}").texts())
                .containsExactly("{\"a\": {\"b\": \"}{\\\"\\\\\"}}", "{}");
        assertThat(read("").texts()).isEmpty();
    }

    @Test
    void packedFilesAreReadToo() throws IOException {
        Path file = directory.resolve("documents.json.gz");
        try (OutputStream packed = new GZIPOutputStream(Files.newOutputStream(file))) {
            packed.write("{\"a\":1}".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(CollectedDocuments.of(new DocumentFile(file)).texts()).containsExactly("{\"a\": 1}");
    }

    @Test
    void whatIsNoDocumentIsRefusedWithItsLineAndTheRestIsRead() throws IOException {
        CollectedDocuments read = read("{\"a\":1}\nname,age\n{\"a\": tru}\n{\"a\":2}\n{\"a\":");
        assertThat(read.texts()).containsExactly("{\"a\": 1}", "{\"a\": 2}");
        assertThat(read.refused).hasSize(3);
        assertThat(read.refused.get(0)).isEqualTo("line 2: A document begins with '{', and there is 'n'");
        assertThat(read.refused.get(1)).startsWith("line 3: ");
        assertThat(read.refused.get(2)).isEqualTo("line 5: The text ends in the midst of a document");
    }

    @Test
    void noMoreIsReadThanWanted() throws IOException {
        Path file = Files.writeString(directory.resolve("documents.json"), "{\"a\":1}{\"a\":2}{\"a\":3}");
        CollectedDocuments two = new CollectedDocuments(2);
        new DocumentFile(file).read(two);
        assertThat(two.documents).hasSize(2);
    }

    @Test
    void aMissingFileIsAnError() {
        assertThatThrownBy(() -> CollectedDocuments.of(new DocumentFile(directory.resolve("none.json"))))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("none.json cannot be read");
    }
}
