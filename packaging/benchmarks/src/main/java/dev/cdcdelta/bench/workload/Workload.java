package dev.cdcdelta.bench.workload;

/**
 * What determines a workload wholly: the same workload gives the same events.
 *
 * @param events how many there are in all; the documents' schema changes with the share of them that has passed
 * @param keys how many documents there are at most
 * @param latePerThousand how many events of a thousand come late or twice
 */
public record Workload(long seed, long events, int keys, int latePerThousand, Namespace namespace) {
    private static final int EVENTS_PER_KEY = 5;
    private static final int FEWEST_KEYS = 50;
    private static final int USUAL_LATE_PER_THOUSAND = 30;

    /** Names as Debezium gives them: the topic is {@code prefix.database.collection}. */
    public record Namespace(String prefix, String database, String collection) {
        public String topic() {
            return prefix + "." + database + "." + collection;
        }
    }

    public Workload {
        if (events < 0 || keys < 1 || latePerThousand < 0 || latePerThousand > 1_000) {
            throw new IllegalArgumentException("no workload: " + events + " events, " + keys + " keys, "
                    + latePerThousand + " of a thousand late");
        }
    }

    /** With the usual number of documents and of late events. */
    public static Workload of(long seed, long events, Namespace namespace) {
        int keys = (int) Math.max(FEWEST_KEYS, Math.min(Integer.MAX_VALUE, events / EVENTS_PER_KEY));
        return new Workload(seed, events, keys, USUAL_LATE_PER_THOUSAND, namespace);
    }

    public Workload withLatePerThousand(int number) {
        return new Workload(seed, events, keys, number, namespace);
    }

    public Workload withKeys(int number) {
        return new Workload(seed, events, number, latePerThousand, namespace);
    }

    public IdKind ids() {
        IdKind[] kinds = IdKind.values();
        return kinds[(int) Math.floorMod(seed, (long) kinds.length)];
    }
}
