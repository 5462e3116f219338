package dev.cdcdelta.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContextTest {
    @TempDir
    Path directory;

    private FakeConnect connect;
    private Map<String, String> environment;

    @BeforeEach
    void start() throws IOException {
        connect = new FakeConnect();
        environment = new HashMap<>(Map.of("HOME", directory.toString()));
    }

    @AfterEach
    void stop() {
        connect.close();
    }

    private CliRun run(String... arguments) {
        return CliRun.with(environment, arguments);
    }

    private Path file() {
        return directory.resolve(".config/connect-admin-cli/contexts.yaml");
    }

    private CliRun add(String name, String... settings) {
        String[] arguments = new String[settings.length + 4];
        arguments[0] = "context";
        arguments[1] = "add";
        arguments[2] = name;
        arguments[3] = "connectUrl=" + connect.url();
        System.arraycopy(settings, 0, arguments, 4, settings.length);
        return run(arguments);
    }

    @Test
    void firstContextAddedIsUsedAndAnotherOnceItIsChosen() {
        assertThat(add("test").exitCode()).isZero();
        assertThat(run("context", "add", "prod", "connectUrl=http://nowhere.invalid:1", "warehouse=s3a://lake/prod")
                        .exitCode())
                .isZero();

        assertThat(run("health").out()).contains("at " + connect.url());
        assertThat(run("context", "list", "-o", "csv").out()).isEqualTo("""
                context,current,connectUrl,login,warehouse
                prod,false,http://nowhere.invalid:1,none,s3a://lake/prod
                test,true,%s,none,
                """.formatted(connect.url()));
        assertThat(run("context", "use", "prod").exitCode()).isZero();
        assertThat(run("health").err()).contains("nowhere.invalid");
        assertThat(run("health", "--context", "test").exitCode()).isZero();
        environment.put("CONNECT_ADMIN_CONTEXT", "test");
        assertThat(run("health").exitCode()).isZero();
    }

    @Test
    void removedContextIsGoneAndNoOtherTakesItsPlace() {
        add("test");
        add("other");

        assertThat(run("context", "remove", "test").exitCode()).isZero();

        CliRun shown = run("context", "show");
        assertThat(shown.exitCode()).isEqualTo(2);
        assertThat(shown.err()).contains("No context is current");
        CliRun named = run("health", "--context", "test");
        assertThat(named.exitCode()).isEqualTo(5);
        assertThat(named.err()).contains("There is no context 'test'.").contains("There are other.");
    }

    @Test
    void contextIsReplacedOnlyWhenAsked() {
        add("test");

        CliRun again = add("test", "warehouse=file:///lake");
        assertThat(again.exitCode()).isEqualTo(2);
        assertThat(again.err()).contains("--replace");
        assertThat(add("test", "warehouse=file:///lake", "--replace").exitCode())
                .isZero();
        assertThat(run("context", "show", "test", "-o", "json").out()).contains("\"warehouse\" : \"file:///lake\"");
    }

    @Test
    void secretInClearIsRefusedAndNotQuoted() {
        for (String setting : new String[] {
            "token=hunter2",
            "s3SecretKey=hunter2",
            "clientSecret=hunter2:",
            "mongodbUri=mongodb://root:hunter2@h/",
            "warehouse=https://root:hunter2@h/"
        }) {
            CliRun run = add("test", setting);

            assertThat(run.exitCode()).as(setting).isEqualTo(2);
            assertThat(run.err())
                    .contains("in clear: " + setting.replaceFirst("=.*", ""))
                    .doesNotContain("hunter2");
            assertThat(file()).doesNotExist();
        }
    }

    @Test
    void secretInAFileWrittenByHandIsRefusedToo() throws IOException {
        Files.createDirectories(file().getParent());
        Files.writeString(file(), "current: a\ncontexts:\n  a:\n    user: ann\n    password: hunter2\n");

        CliRun run = run("health");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .contains("in clear: password")
                .contains("env:NAME")
                .doesNotContain("hunter2");
    }

    @Test
    void malformedFileIsToldWithItsPlaceAndNotQuoted() throws IOException {
        Files.createDirectories(file().getParent());
        Files.writeString(file(), "current: a\ncontexts: [hunter2\n");
        assertThat(run("health").err())
                .contains("is malformed")
                .contains("Line")
                .doesNotContain("hunter2");

        Files.writeString(file(), "contexts:\n  a:\n    conectUrl: http://h\n");
        assertThat(run("health", "--context", "a").err())
                .contains("no key 'conectUrl'")
                .contains("connectUrl, user");
    }

    @Test
    void secretsComeFromFileEnvironmentAndCommand() throws IOException {
        Files.createDirectories(file().getParent());
        Files.writeString(file().resolveSibling("password"), "from file\nsecond line\n");
        environment.put("SECRET_TOKEN", "from environment");
        add("file", "user=ann", "password=file:password");
        add("environment", "token=env:SECRET_TOKEN");
        add("command", "token=command:printf 'from %s\\n' command");

        run("health", "--context", "file");
        run("health", "--context", "environment");
        run("health", "--context", "command");

        assertThat(connect.authorizations)
                .contains("Basic YW5uOmZyb20gZmlsZQ==", "Bearer from environment", "Bearer from command");
    }

    @Test
    void secretThatIsNotThereIsToldByItsPlace() {
        add("environment", "token=env:NOT_SET");
        add("command", "token=command:echo hunter2; exit 3");
        add("file", "token=file:/not/there");

        assertThat(run("health", "--context", "environment").err())
                .contains("The environment variable NOT_SET holds no secret");
        assertThat(run("health", "--context", "command").err())
                .contains("gives no secret")
                .contains("exit code 3");
        assertThat(run("health", "--context", "file").err()).contains("/not/there cannot be read");
        assertThat(connect.requests).isEmpty();
    }

    @Test
    void showTellsPlacesAndFetchesNothing() {
        add("test", "token=command:touch " + directory.resolve("fetched"), "mongodbUri=mongodb://h/");

        CliRun run = run("context", "show");

        assertThat(run.out()).contains("command:touch").contains("mongodb://h/");
        assertThat(directory.resolve("fetched")).doesNotExist();
    }

    @Test
    void twoWaysToLogInAreRefused() {
        CliRun run = add("test", "token=env:A", "user=ann", "password=env:B");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("more than one way to log in");
    }

    @Test
    void environmentLogsInWhereThereIsNoContext() {
        CliRun.with(
                Map.of("CONNECT_URL", connect.url(), "CONNECT_USER", "ann", "CONNECT_PASSWORD", "from file"), "health");

        assertThat(connect.authorizations).contains("Basic YW5uOmZyb20gZmlsZQ==");
    }
}
