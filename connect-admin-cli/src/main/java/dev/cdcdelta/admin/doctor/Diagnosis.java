package dev.cdcdelta.admin.doctor;

/**
 * What a check found.
 *
 * @param problem what is wrong; of a check that is {@link Outcome#OK} what was seen, of one that was skipped why
 * @param cause why that is so, or what will come of it; empty where the problem says it all
 * @param remedy what the user can do; empty where nothing is to be done
 */
public record Diagnosis(String check, Outcome outcome, String problem, String cause, String remedy) {
    /** How a check ended. */
    public enum Outcome {
        OK,
        WARNING,
        FAILED,
        SKIPPED;

        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    static Diagnosis ok(String check, String seen) {
        return new Diagnosis(check, Outcome.OK, seen, "", "");
    }

    static Diagnosis warning(String check, String problem, String cause, String remedy) {
        return new Diagnosis(check, Outcome.WARNING, problem, cause, remedy);
    }

    static Diagnosis failed(String check, String problem, String cause, String remedy) {
        return new Diagnosis(check, Outcome.FAILED, problem, cause, remedy);
    }

    static Diagnosis skipped(String check, String why, String remedy) {
        return new Diagnosis(check, Outcome.SKIPPED, why, "", remedy);
    }

    public boolean isOk() {
        return outcome == Outcome.OK;
    }
}
