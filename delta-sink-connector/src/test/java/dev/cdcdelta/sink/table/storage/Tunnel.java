package dev.cdcdelta.sink.table.storage;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An HTTP proxy that carries encrypted connections to servers of this process, whatever names and ports they are called by: Hadoop reaches
 * STS at port 443 alone.
 */
public final class Tunnel implements AutoCloseable {
    /** "name:port", as asked for. */
    public final List<String> destinations = new CopyOnWriteArrayList<>();

    private final ServerSocket socket = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final Map<String, Integer> ports;

    /** @param ports local ports, by "name:port" */
    public Tunnel(Map<String, Integer> ports) throws IOException {
        this.ports = Map.copyOf(ports);
        daemon(this::accept);
    }

    public int port() {
        return socket.getLocalPort();
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = socket.accept();
            daemon(() -> carry(client));
        }
    }

    private void carry(Socket client) throws IOException {
        open.add(client);
        BufferedReader head =
                new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1), 1);
        String destination = head.readLine().split(" ")[1];
        while (!head.readLine().isEmpty()) {
            // The other headers say nothing more.
        }
        destinations.add(destination);
        Socket server = new Socket(InetAddress.getLoopbackAddress(), ports.getOrDefault(destination, 0));
        open.add(server);
        client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
        daemon(() -> copy(client, server));
        copy(server, client);
    }

    private static void copy(Socket from, Socket to) throws IOException {
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            in.transferTo(out);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (Socket each : open) {
            each.close();
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void daemon(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException closed) {
                        // Whoever held the other end has seen it.
                    }
                },
                "tunnel");
        thread.setDaemon(true);
        thread.start();
    }
}
