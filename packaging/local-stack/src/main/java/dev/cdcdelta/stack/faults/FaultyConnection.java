package dev.cdcdelta.stack.faults;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** One connection of a client with the server's end of it. */
final class FaultyConnection {
    private static final String CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n";

    private final Socket client;
    private final InputStream fromClient;
    private final OutputStream toClient;
    private final InputStream fromServer;
    private final OutputStream toServer;
    private final Function<StoreRequest, Optional<Fault>> faults;

    FaultyConnection(Socket client, Socket server, Function<StoreRequest, Optional<Fault>> faults) throws IOException {
        this.client = client;
        this.fromClient = new BufferedInputStream(client.getInputStream());
        this.toClient = client.getOutputStream();
        this.fromServer = new BufferedInputStream(server.getInputStream());
        this.toServer = server.getOutputStream();
        this.faults = faults;
    }

    /** Until one side closes the connection, or a fault does. */
    void serve() throws IOException {
        boolean open = true;
        while (open) {
            Optional<HttpHead> request = HttpHead.read(fromClient);
            open = request.isPresent() && exchange(request.get());
        }
    }

    private boolean exchange(HttpHead request) throws IOException {
        Fault fault = faults.apply(requestOf(request)).orElse(null);
        if (fault instanceof Fault.Answer answer) {
            receive(request, OutputStream.nullOutputStream());
            answer(answer.status(), answer.code());
            return false;
        }
        if (fault instanceof Fault.Hang hang) {
            pause(hang.duration());
            reset();
            return false;
        }
        if (fault instanceof Fault.Reset reset) {
            forwardStart(request, reset.afterBytes());
            reset();
            return false;
        }
        toServer.write(request.without("Expect").bytes());
        receive(request, toServer);
        if (fault instanceof Fault.AnswerAfterwards answer) {
            respond(request, OutputStream.nullOutputStream());
            answer(answer.status(), answer.code());
            return false;
        }
        OutputStream answers =
                fault instanceof Fault.Slow slow ? new PacedOutput(toClient, slow.bytesPerSecond()) : toClient;
        return respond(request, answers) && !request.endsConnection();
    }

    private static StoreRequest requestOf(HttpHead request) throws IOException {
        String[] words = request.firstLine().split(" ");
        if (words.length != 3) {
            throw new IOException("no request line: " + request.firstLine());
        }
        return new StoreRequest(words[0], words[1]);
    }

    /** The client's body; asked for where the client waits to be asked. */
    private void receive(HttpHead request, OutputStream receiver) throws IOException {
        askForBody(request);
        new HttpBody(fromClient, receiver).copy(request);
    }

    private void forwardStart(HttpHead request, long bytes) throws IOException {
        askForBody(request);
        toServer.write(request.without("Expect").bytes());
        new HttpBody(fromClient, toServer).copy(Math.min(bytes, request.contentLength()));
        toServer.flush();
    }

    private void askForBody(HttpHead request) throws IOException {
        if (request.header("Expect").isPresent()) {
            toClient.write(CONTINUE.getBytes(StandardCharsets.ISO_8859_1));
            toClient.flush();
        }
    }

    /** @return whether the server keeps the connection */
    private boolean respond(HttpHead request, OutputStream receiver) throws IOException {
        HttpHead response = HttpHead.read(fromServer)
                .orElseThrow(() -> new EOFException("The server closed the connection without an answer"));
        receiver.write(response.bytes());
        String status = response.firstLine().split(" ")[1];
        boolean hasBody = !request.firstLine().startsWith("HEAD ") && !status.equals("204") && !status.equals("304");
        if (hasBody) {
            new HttpBody(fromServer, receiver).copy(response);
        }
        receiver.flush();
        return !response.endsConnection();
    }

    private void answer(int status, String code) throws IOException {
        String body = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>" + code
                + "</Code><Message>injected</Message><RequestId>fault</RequestId></Error>";
        String head = "HTTP/1.1 " + status + " " + code + "\r\nContent-Type: application/xml\r\nContent-Length: "
                + body.length() + "\r\nConnection: close\r\n\r\n";
        toClient.write((head + body).getBytes(StandardCharsets.ISO_8859_1));
        toClient.flush();
    }

    /** Closed so that the peer sees a reset and no orderly end. */
    private void reset() throws IOException {
        client.setSoLinger(true, 0);
        client.close();
    }

    private static void pause(Duration duration) throws InterruptedIOException {
        try {
            Thread.sleep(duration.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a request hung");
        }
    }
}
