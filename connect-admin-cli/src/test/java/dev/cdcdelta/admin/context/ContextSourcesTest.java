package dev.cdcdelta.admin.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cdcdelta.admin.failure.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContextSourcesTest {
    @TempDir
    Path directory;

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("context.json"), text);
    }

    private static ContextSources.Options options(@Nullable Path file, @Nullable String connectUrl) {
        return new ContextSources.Options(
                file == null ? null : file.toString(), connectUrl, null, null, null, null, null, null);
    }

    @Test
    void optionWinsOverFileFileOverEnvironmentEnvironmentOverDefault() throws IOException {
        Path file = file("{\"connectUrl\": \"http://file\", \"warehouse\": \"file:///f\"}");
        var sources = new ContextSources(
                Map.of("CONNECT_URL", "http://environment", "WAREHOUSE", "file:///e", "S3_ENDPOINT", "http://s3"));

        Context all = sources.resolve(options(file, "http://option"));

        assertThat(all.connectUrl()).isEqualTo("http://option");
        assertThat(all.warehouse()).isEqualTo("file:///f");
        assertThat(all.storage().endpoint()).isEqualTo("http://s3");
        assertThat(sources.resolve(options(null, null)).connectUrl()).isEqualTo("http://environment");
        assertThat(new ContextSources(Map.of()).resolve(options(null, null)).connectUrl())
                .isEqualTo("http://localhost:8083");
    }

    @Test
    void variableNamesTheFile() throws IOException {
        Path file = file("{\"warehouse\": \"file:///f\", \"pids\": {\"worker\": 1}}");

        Context context =
                new ContextSources(Map.of("CONNECT_ADMIN_CONTEXT", file.toString())).resolve(options(null, null));

        assertThat(context.warehouse()).isEqualTo("file:///f");
    }

    @Test
    void noTextOfAContextShowsASecret() throws IOException {
        Path file = file(
                "{\"s3AccessKey\": \"AKIDEXAMPLE\", \"s3SecretKey\": \"hunter2\", \"mongodbUri\": \"mongodb://a:hunter2@h/\"}");

        Context context = new ContextSources(Map.of("CONNECT_TOKEN", "hunter2")).resolve(options(file, null));

        assertThat(context.toString() + context.storage() + ContextFile.read(file))
                .doesNotContain("hunter2")
                .doesNotContain("AKIDEXAMPLE");
        assertThat(context.storage().options()).containsEntry("fs.s3a.secret.key", "hunter2");
        assertThat(context.storage().publicOptions().toString()).doesNotContain("hunter2");
    }

    @Test
    void brokenFileIsToldWithItsLineAndNotQuoted() throws IOException {
        Path file = file("{\n\"s3SecretKey\": hunter2\n}");

        assertThatThrownBy(() -> ContextFile.read(file))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("at line 2")
                .hasMessageNotContaining("hunter2")
                .hasNoCause();
    }

    @Test
    void missingFileNamesTheVariable() {
        assertThatThrownBy(() -> ContextFile.read(directory.resolve("none.json")))
                .isInstanceOfSatisfying(
                        CommandException.class,
                        failure -> assertThat(failure.remedy()).contains("CONNECT_ADMIN_CONTEXT"));
    }
}
