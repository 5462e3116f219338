package dev.cdcdelta.sink.table.storage;

import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** The race for names in a JVM of its own, where jars of the user's are on the class path. */
public final class RaceProgram {
    public static final String DONE = "each name had one winner";

    private RaceProgram() {}

    /** @param args a warehouse, a number of rounds, and Hadoop's options as {@code name=value} */
    public static void main(String[] args) throws Exception {
        Map<String, String> options = Arrays.stream(args)
                .skip(2)
                .collect(Collectors.toMap(arg -> arg.replaceFirst("=.*", ""), arg -> arg.replaceFirst("[^=]*=", "")));
        WarehouseProbe.probe(args[0], options);
        try (Warehouses warehouses = new Warehouses(options)) {
            Race.expectOneWinnerPerRound(
                    warehouses.of(args[0]), args[0] + "/race-" + UUID.randomUUID() + "/", Integer.parseInt(args[1]));
        }
        System.out.println(DONE);
        System.exit(0);
    }
}
