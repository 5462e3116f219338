package dev.cdcdelta.bench.peers;

import dev.cdcdelta.stack.process.StackException;
import dev.cdcdelta.stack.service.Installation;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the build has put the other products.
 *
 * @param icebergPlugin the directory of Iceberg's connector
 * @param sparkReader the program that streams with Spark
 */
record PeerPrograms(Path icebergPlugin, Path sparkReader) {
    /** @throws StackException if they are not built */
    static PeerPrograms find() {
        Installation installation = Installation.find();
        Path iceberg = installation.peers().resolve("iceberg/target/iceberg-kafka-connect");
        Path kafka = installation.peers().resolve("spark-kafka/target/lib");
        for (Path each : new Path[] {iceberg, kafka}) {
            if (!Files.isDirectory(each)) {
                throw new StackException("The other products are not built: " + each
                        + " is missing. Run `mvn -Dquick -DskipTests -Ppeers package` at the root of the project.");
            }
        }
        return new PeerPrograms(iceberg, installation.sparkReader());
    }
}
