package dev.cdcdelta.stack.faults;

import java.time.Duration;

/** What can befall a request. */
public sealed interface Fault {
    /**
     * The server never sees the request.
     *
     * @param status of HTTP
     * @param code of S3, such as {@code SlowDown}
     */
    record Answer(int status, String code) implements Fault {}

    /** The server does what it was asked, and the client is told that it failed: a lost acknowledgement. */
    record AnswerAfterwards(int status, String code) implements Fault {}

    /** The connection is reset when so much of the request's body has reached the server. */
    record Reset(long afterBytes) implements Fault {}

    /** Nothing happens for a while, then the connection is reset. */
    record Hang(Duration duration) implements Fault {}

    /** The answer comes at so many bytes a second. */
    record Slow(int bytesPerSecond) implements Fault {}
}
