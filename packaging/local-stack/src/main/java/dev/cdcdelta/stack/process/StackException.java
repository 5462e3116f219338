package dev.cdcdelta.stack.process;

/** The stack cannot be started or used as asked. The message is for the user: problem, cause, remedy. */
public final class StackException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StackException(String message) {
        super(message);
    }

    public StackException(String message, Throwable cause) {
        super(message, cause);
    }
}
