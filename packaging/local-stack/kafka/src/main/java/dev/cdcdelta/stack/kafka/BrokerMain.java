package dev.cdcdelta.stack.kafka;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/** Formats the log directory, unless that was done before, and runs the broker until the process is told to end. */
public final class BrokerMain {
    private static final String CLUSTER_ID = "bG9jYWwtc3RhY2stMDAwMQ";

    private BrokerMain() {}

    /** @param arguments the file with the broker's properties */
    public static void main(String[] arguments) throws Exception {
        Properties properties = new Properties();
        try (InputStream file = new FileInputStream(arguments[0])) {
            properties.load(file);
        }
        format(properties);
        KafkaRaftServer server = new KafkaRaftServer(KafkaConfig.fromProps(properties, false), Time.SYSTEM);
        Exit.addShutdownHook("broker-shutdown", server::shutdown);
        server.startup();
        System.out.println("broker is up");
        server.awaitShutdown();
    }

    private static void format(Properties properties) throws IOException {
        String directory = properties.getProperty("log.dirs");
        Formatter formatter = new Formatter()
                .setPrintStream(System.out)
                .setNodeId(Integer.parseInt(properties.getProperty("node.id")))
                .setClusterId(CLUSTER_ID)
                .addDirectory(directory)
                .setMetadataLogDirectory(directory)
                .setControllerListenerName(properties.getProperty("controller.listener.names"))
                .setIgnoreFormatted(true);
        try {
            formatter.run();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("The log directory " + directory + " cannot be formatted.", e);
        }
    }
}
