package dev.cdcdelta.stack.faults;

import dev.cdcdelta.stack.process.StackException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Stands between a client and an S3 server: hands requests and answers on unchanged, or does what the plan of the moment
 * says. The host header stays the client's, so that signatures stay true.
 */
public final class FaultyStore implements AutoCloseable {
    private final ServerSocket server;
    private final URI store;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> injected = new ConcurrentSkipListMap<>();
    private volatile FaultPlan plan = FaultPlan.NONE;

    private FaultyStore(ServerSocket server, URI store) {
        this.server = server;
        this.store = store;
    }

    /** On a free port of the loopback address; without faults until a plan is set. */
    public static FaultyStore before(String endpoint) {
        try {
            FaultyStore faulty =
                    new FaultyStore(new ServerSocket(0, 64, InetAddress.getLoopbackAddress()), URI.create(endpoint));
            daemon(faulty::accept, "faulty-store");
            return faulty;
        } catch (IOException e) {
            throw new StackException("The faulty store before " + endpoint + " cannot be started: " + e, e);
        }
    }

    public String endpoint() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    public void set(FaultPlan next) {
        plan = next;
    }

    /** How many faults have befallen requests, by their kind. */
    public Map<String, Integer> injected() {
        return Map.copyOf(injected);
    }

    /** How many faults there were of all kinds. */
    public int strikes() {
        return injected.values().stream().mapToInt(Integer::intValue).sum();
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new StackException("The faulty store cannot be stopped: " + e, e);
        }
    }

    Optional<Fault> faultFor(StoreRequest request) {
        Optional<Fault> fault = plan.next(request);
        fault.ifPresent(kind -> injected.merge(kind.getClass().getSimpleName(), 1, Integer::sum));
        return fault;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                open.add(client);
                daemon(() -> serve(client), "faulty-store-connection");
            } catch (IOException closed) {
                return;
            }
        }
    }

    /** A connection that breaks is what this class is for: both sides see it closed, and go on as they are made to. */
    private void serve(Socket client) {
        try (client;
                Socket server = new Socket(store.getHost(), store.getPort())) {
            new FaultyConnection(client, server, this::faultFor).serve();
        } catch (IOException brokenOff) {
            // Closing both sockets has told both peers.
        } finally {
            open.remove(client);
        }
    }

    private static void daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }
}
