package dev.cdcdelta.reconcile.table;

/**
 * Which data files are read whole: the hashes of their rows are computed from the columns, and so tell what another program has changed
 * in them.
 *
 * @param share of all files, from 0 to 1
 * @param salt with another one, other files are chosen
 */
public record DeepReading(double share, String salt) {
    public static final DeepReading NONE = new DeepReading(0, "");
    public static final DeepReading ALL = new DeepReading(1, "");

    private static final int STEPS = 1_000_000;
    private static final int MIXER = 0x9E3779B1;

    boolean includes(String path) {
        int mixed = (salt + path).hashCode() * MIXER;
        return share >= 1 || Math.floorMod(mixed ^ mixed >>> 15, STEPS) < share * STEPS;
    }
}
