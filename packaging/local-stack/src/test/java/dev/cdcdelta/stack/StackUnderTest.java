package dev.cdcdelta.stack;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cdcdelta.stack.service.S3Access;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.Container;
import org.testcontainers.containers.MinIOContainer;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.lifecycle.Startables;
import org.testcontainers.mongodb.MongoDBContainer;

/**
 * What the end-to-end tests run against: the local stack with the servers that the environment names, or with {@code -Pdocker} Kafka,
 * a MongoDB replica set and MinIO in containers, which all tests of a run share.
 */
final class StackUnderTest {
    private static final boolean CONTAINERS = Boolean.getBoolean("stack.containers");
    private static final String NO_DOCKER =
            "Skipped: -Pdocker was given, but no Docker engine is at hand. Start one, or run without -Pdocker.";

    private StackUnderTest() {}

    /** Skips the test where containers are asked for and cannot be had. */
    static StackOptions in(Path directory) {
        if (!CONTAINERS) {
            return StackOptions.fromEnvironment(directory, System.getenv());
        }
        boolean docker = DockerClientFactory.instance().isDockerAvailable();
        if (!docker) {
            System.out.println(NO_DOCKER);
        }
        assumeTrue(docker, NO_DOCKER);
        return Servers.options(directory);
    }

    /** Started with the first test that needs them; they end with the JVM. */
    private static final class Servers {
        private static final KafkaContainer KAFKA = new KafkaContainer("apache/kafka:4.3.1")
                .withEnv("KAFKA_MESSAGE_MAX_BYTES", "20971520")
                .withEnv("KAFKA_REPLICA_FETCH_MAX_BYTES", "20971520");
        private static final MongoDBContainer MONGODB = new MongoDBContainer("mongo:8.0").withReplicaSet();
        private static final MinIOContainer MINIO = new MinIOContainer("minio/minio:RELEASE.2025-04-22T22-12-26Z");

        static {
            Startables.deepStart(Stream.of(KAFKA, MONGODB, MINIO)).join();
            makeBucket();
        }

        private Servers() {}

        static StackOptions options(Path directory) {
            return new StackOptions(
                    directory,
                    StackOptions.Ports.FREE,
                    Optional.of(KAFKA.getBootstrapServers()),
                    Optional.of(MONGODB.getConnectionString()),
                    new StackOptions.Storage.ExternalS3(new S3Access(
                            MINIO.getS3URL(), MINIO.getUserName(), MINIO.getPassword(), StackOptions.BUCKET)),
                    1,
                    "1g",
                    List.of(),
                    List.of());
        }

        private static void makeBucket() {
            String commands = "mc alias set here http://127.0.0.1:9000 " + MINIO.getUserName() + " "
                    + MINIO.getPassword() + " && mc mb --ignore-existing here/" + StackOptions.BUCKET;
            try {
                Container.ExecResult result = MINIO.execInContainer("sh", "-c", commands);
                if (result.getExitCode() != 0) {
                    throw new IllegalStateException("MinIO refuses the bucket: " + result.getStderr());
                }
            } catch (IOException e) {
                throw new IllegalStateException("MinIO's container does not answer", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Interrupted while MinIO made the bucket", e);
            }
        }
    }
}
