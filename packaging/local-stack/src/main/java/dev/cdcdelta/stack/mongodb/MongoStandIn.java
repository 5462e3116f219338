package dev.cdcdelta.stack.mongodb;

import de.bwaldvogel.mongo.MongoServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** A running stand-in. Closing it ends all connections and forgets all data. */
public final class MongoStandIn implements AutoCloseable {
    public static final String REPLICA_SET = "rs0";
    private static final long DEFAULT_LOG_CAPACITY = 400L << 20;

    /** Each connection of a waiting change stream occupies one. */
    private static final int NETWORK_THREADS = 64;

    private final MongoServer server;
    private final int port;

    private MongoStandIn(MongoServer server, int port) {
        this.server = server;
        this.port = port;
    }

    /** Listens on the loopback address. */
    public static MongoStandIn start(int port) {
        return start(port, DEFAULT_LOG_CAPACITY);
    }

    /** @param logCapacity bytes of memory for the changes that a change stream can go back to */
    public static MongoStandIn start(int port, long logCapacity) {
        String address = "127.0.0.1:" + port;
        MongoServer server = new MongoServer(new ReplicaSetBackend(new Topology(REPLICA_SET, address), logCapacity));
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1, NETWORK_THREADS);
        return new MongoStandIn(server, port);
    }

    public String uri() {
        return "mongodb://127.0.0.1:" + port + "/?replicaSet=" + REPLICA_SET;
    }

    @Override
    public void close() {
        server.shutdownNow();
    }
}
