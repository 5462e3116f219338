package dev.cdcdelta.admin.deadletter;

/**
 * What is to be done with a letter.
 *
 * @param why empty for one that is replayed
 */
public record ReplayDecision(DeadLetter letter, Action action, String why) {
    /** What is done. */
    public enum Action {
        REPLAY,
        SUPERSEDED,
        REFUSED;

        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
