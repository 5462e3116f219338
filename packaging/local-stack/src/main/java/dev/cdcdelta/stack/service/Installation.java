package dev.cdcdelta.stack.service;

import dev.cdcdelta.stack.process.StackException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where the build has put the programs.
 *
 * @param home {@code packaging/local-stack/target/stack}
 */
public record Installation(Path home) {
    /** Finds the installation that this class belongs to, whether it was loaded from its jar or from target/classes. */
    public static Installation find() {
        Path home = locate();
        if (!Files.isDirectory(home.resolve("lib-kafka"))) {
            throw new StackException("The local stack is not built: " + home + " is missing or incomplete."
                    + " Run `mvn -Dquick -DskipTests package` at the root of the project.");
        }
        return new Installation(home);
    }

    private static Path locate() {
        try {
            Path code = Path.of(Installation.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Path directory = code.toAbsolutePath().resolveSibling("");
            return directory.endsWith("lib") ? directory.resolveSibling("") : directory.resolve("stack");
        } catch (URISyntaxException e) {
            throw new StackException("The place of the local stack's classes is no path.", e);
        }
    }

    /** The stack's own class path, like the next two as an entry that stands for the jars of a directory. */
    public String library() {
        return home.resolve("lib").resolve("*").toString();
    }

    public String kafkaLibrary() {
        return home.resolve("lib-kafka").resolve("*").toString();
    }

    public String objectStoreLibrary() {
        return home.resolve("lib-object-store").resolve("*").toString();
    }

    /** @param name of its artifact, such as {@code opentelemetry-javaagent} */
    public Path agent(String name) {
        return home.resolve("agents").resolve(name + ".jar");
    }

    /** The admin CLI, as the bundle lays it out. */
    public Path adminCli() {
        return home.resolve("../../../bundle/target/connect-admin-cli/bin/connect-admin-cli")
                .normalize();
    }

    /** The program that reads and changes tables with Spark. */
    public Path sparkReader() {
        return home.resolve("../../../spark-reader/spark-reader").normalize();
    }

    /** What only {@code -Ppeers} builds: other products, to be measured beside this one. */
    public Path peers() {
        return home.resolve("../../../peers").normalize();
    }

    /** Debezium's plugin and, where it has been built, this project's own. */
    public List<Path> pluginDirectories() {
        Path debezium = home.resolve("plugins").resolve("debezium-connector-mongodb");
        Path bundle = home.resolve("../../../bundle/target/plugin").normalize();
        return Files.isDirectory(bundle) ? List.of(debezium, bundle) : List.of(debezium);
    }
}
