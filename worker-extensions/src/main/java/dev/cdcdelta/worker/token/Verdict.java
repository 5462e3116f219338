package dev.cdcdelta.worker.token;

/** What became of a token. */
public sealed interface Verdict {
    record Accepted(Caller caller) implements Verdict {}

    /**
     * @param status 401 for the token's own fault, 403 where it names no role, 503 where keys cannot be had
     * @param reason for the caller and the audit log: nothing of the token's text
     */
    record Refused(int status, String reason) implements Verdict {}
}
