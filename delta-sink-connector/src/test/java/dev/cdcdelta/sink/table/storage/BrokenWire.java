package dev.cdcdelta.sink.table.storage;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * The network before an S3 server, which fails where it is told to. Each connection carries one request, so that what befalls one harms no
 * other. The host header stays the client's, so that signatures stay true.
 */
public final class BrokenWire implements AutoCloseable {
    /** More than any test sees. */
    public static final int ALWAYS = Integer.MAX_VALUE;

    private static final String CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n";

    private final ServerSocket wire;
    private final URI server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Queue<byte[]> undelivered = new ConcurrentLinkedQueue<>();
    private final AtomicInteger breaks = new AtomicInteger();
    private final List<Plan> plans = new CopyOnWriteArrayList<>();
    private final List<String> heads = new CopyOnWriteArrayList<>();

    /** What befalls a request. */
    public sealed interface Break {
        /** The connection is reset when so much of the request's body has passed. */
        record ResetUpload(int afterBytes) implements Break {}

        /** The server does what it was asked; the connection is reset before the client hears of it. */
        record ResetAnswer() implements Break {}

        /** The connection ends when so much of the answer, its head included, has passed. */
        record CutAnswer(int afterBytes) implements Break {}

        /** The answer comes in small pieces, with pauses. */
        record Slow(int pieceBytes, int pauseMillis) implements Break {}

        /** No answer ever; the client has to give up. */
        record Hang() implements Break {}

        /** As {@link Hang}, but the request is kept, and reaches the server with {@link #deliver()}. */
        record Late() implements Break {}
    }

    private record Plan(Predicate<String> condition, Break fate, AtomicInteger left) {
        boolean strikes(String request) {
            return condition.test(request) && left.getAndUpdate(count -> Math.max(0, count - 1)) > 0;
        }
    }

    private record Request(String name, byte[] head, int bodyBytes, boolean waitsForContinue) {}

    /** @param options those of the server, its endpoint among them */
    public BrokenWire(Map<String, String> options) throws IOException {
        server = URI.create(options.get("fs.s3a.endpoint"));
        wire = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    /** The options with the wire for an endpoint, and little patience for failures. */
    public Map<String, String> options(Map<String, String> server) {
        Map<String, String> options = new HashMap<>(server);
        options.put("fs.s3a.endpoint", "http://127.0.0.1:" + wire.getLocalPort());
        options.put("fs.s3a.attempts.maximum", "2");
        options.put("fs.s3a.retry.limit", "1");
        options.put("fs.s3a.retry.interval", "10ms");
        options.put("fs.s3a.retry.throttle.limit", "1");
        options.put("fs.s3a.retry.throttle.interval", "10ms");
        return options;
    }

    /** @param condition on "METHOD /bucket/key" */
    public void breakNext(int times, Predicate<String> condition, Break fate) {
        plans.add(new Plan(condition, fate, new AtomicInteger(times)));
    }

    public void mend() {
        plans.clear();
        breaks.set(0);
    }

    /** How many requests have been struck since it was last mended. */
    public int breaks() {
        return breaks.get();
    }

    /** The heads of all requests that came so far. */
    public List<String> heads() {
        return List.copyOf(heads);
    }

    /** What was late arrives. @return the first lines of the server's answers */
    public String deliver() throws IOException {
        StringBuilder answers = new StringBuilder();
        for (byte[] request = undelivered.poll(); request != null; request = undelivered.poll()) {
            try (Socket socket = new Socket(server.getHost(), server.getPort())) {
                socket.getOutputStream().write(request);
                socket.getOutputStream().flush();
                String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
                answers.append(answer.lines().findFirst().orElse("")).append('\n');
            }
        }
        return answers.toString();
    }

    @Override
    public void close() throws IOException {
        wire.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    private void accept() {
        while (!wire.isClosed()) {
            try {
                Socket client = wire.accept();
                open.add(client);
                daemon(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                InputStream in = new BufferedInputStream(client.getInputStream())) {
            byte[] head = head(in);
            if (head.length > 0) {
                heads.add(new String(head, StandardCharsets.ISO_8859_1));
                Request request = parse(head);
                Optional<Plan> struck = plans.stream()
                        .filter(plan -> plan.strikes(request.name()))
                        .findFirst();
                if (struck.isPresent()) {
                    breaks.incrementAndGet();
                    broken(client, in, request, struck.get().fate());
                } else {
                    exchange(client, in, request);
                }
            }
        } catch (IOException brokenOff) {
            // The peers have seen it too.
        } finally {
            open.remove(client);
        }
    }

    private void broken(Socket client, InputStream in, Request request, Break fate) throws IOException {
        if (fate instanceof Break.Hang) {
            askForBody(client, request);
            in.transferTo(OutputStream.nullOutputStream());
        } else if (fate instanceof Break.Late) {
            ByteArrayOutputStream kept = new ByteArrayOutputStream();
            kept.write(request.head());
            copyBody(client, in, request, request.bodyBytes(), kept);
            undelivered.add(kept.toByteArray());
            in.transferTo(OutputStream.nullOutputStream());
        } else if (fate instanceof Break.ResetUpload reset) {
            try (Socket onward = new Socket(server.getHost(), server.getPort())) {
                onward.getOutputStream().write(request.head());
                copyBody(
                        client,
                        in,
                        request,
                        Math.min(reset.afterBytes(), request.bodyBytes()),
                        onward.getOutputStream());
                reset(client);
            }
        } else if (fate instanceof Break.ResetAnswer) {
            answer(client, in, request);
            reset(client);
        } else if (fate instanceof Break.CutAnswer cut) {
            byte[] answer = answer(client, in, request);
            client.getOutputStream().write(answer, 0, Math.min(cut.afterBytes(), answer.length));
        } else if (fate instanceof Break.Slow slow) {
            byte[] answer = answer(client, in, request);
            for (int at = 0; at < answer.length; at += slow.pieceBytes()) {
                client.getOutputStream().write(answer, at, Math.min(slow.pieceBytes(), answer.length - at));
                client.getOutputStream().flush();
                pause(slow.pauseMillis());
            }
        }
    }

    private void exchange(Socket client, InputStream in, Request request) throws IOException {
        client.getOutputStream().write(answer(client, in, request));
    }

    /** All that the server says to the request. */
    private byte[] answer(Socket client, InputStream in, Request request) throws IOException {
        try (Socket onward = new Socket(server.getHost(), server.getPort())) {
            OutputStream out = onward.getOutputStream();
            out.write(request.head());
            copyBody(client, in, request, request.bodyBytes(), out);
            return onward.getInputStream().readAllBytes();
        }
    }

    private static void copyBody(Socket client, InputStream in, Request request, int bytes, OutputStream out)
            throws IOException {
        askForBody(client, request);
        byte[] body = in.readNBytes(bytes);
        out.write(body);
        out.flush();
        if (body.length < bytes) {
            throw new EOFException("the client broke off");
        }
    }

    private static void askForBody(Socket client, Request request) throws IOException {
        if (request.waitsForContinue()) {
            client.getOutputStream().write(CONTINUE.getBytes(StandardCharsets.ISO_8859_1));
            client.getOutputStream().flush();
        }
    }

    /** Up to and with the empty line; nothing where the client has nothing more to ask. */
    private static byte[] head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int ends = 0;
        while (ends < 2) {
            int next = in.read();
            if (next < 0) {
                return new byte[0];
            }
            head.write(next);
            ends = next == '\n' ? ends + 1 : next == '\r' ? ends : 0;
        }
        return head.toByteArray();
    }

    /** The head as it goes on: the server is to close the connection behind its answer, and is not asked for leave to send the body. */
    private static Request parse(byte[] bytes) throws IOException {
        StringBuilder head = new StringBuilder();
        int bodyBytes = 0;
        boolean waits = false;
        String[] lines = new String(bytes, StandardCharsets.ISO_8859_1).split("\r\n");
        for (String line : lines) {
            String name = line.toLowerCase(Locale.ROOT);
            if (name.startsWith("transfer-encoding:")) {
                throw new IOException("a body of unknown length: " + lines[0]);
            }
            if (name.startsWith("content-length:")) {
                bodyBytes = Integer.parseInt(
                        line.substring("content-length:".length()).strip());
            }
            waits |= name.startsWith("expect:");
            if (!name.startsWith("expect:") && !name.startsWith("connection:")) {
                head.append(line).append("\r\n");
            }
        }
        head.append("Connection: close\r\n\r\n");
        String[] words = lines[0].split(" ");
        return new Request(
                words[0] + " " + words[1], head.toString().getBytes(StandardCharsets.ISO_8859_1), bodyBytes, waits);
    }

    /** Closed so that the peer sees a reset and no orderly end. */
    private static void reset(Socket client) throws IOException {
        client.setSoLinger(true, 0);
        client.close();
    }

    private static void pause(int millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            throw new UncheckedIOException(new IOException("interrupted", e));
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "broken-wire");
        thread.setDaemon(true);
        thread.start();
    }
}
