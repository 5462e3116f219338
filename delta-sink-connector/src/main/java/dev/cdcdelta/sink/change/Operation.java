package dev.cdcdelta.sink.change;

import org.apache.kafka.connect.errors.DataException;

/** What happened to a document, by the letters of Debezium's envelope. */
public enum Operation {
    CREATE("c"),
    UPDATE("u"),
    READ("r"),
    DELETE("d");

    private final String letter;

    Operation(String letter) {
        this.letter = letter;
    }

    public String letter() {
        return letter;
    }

    static Operation of(String letter) {
        for (Operation operation : values()) {
            if (operation.letter.equals(letter)) {
                return operation;
            }
        }
        throw new DataException("Operation '" + letter + "' is none of c, u, r, d. Check what produced the record");
    }
}
