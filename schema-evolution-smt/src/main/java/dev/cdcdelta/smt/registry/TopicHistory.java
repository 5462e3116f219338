package dev.cdcdelta.smt.registry;

import dev.cdcdelta.smt.schema.StructType;
import org.apache.kafka.connect.data.Struct;

/** What is known of one topic's documents from elsewhere, and who is told of a type before it is used. */
public interface TopicHistory {
    /**
     * The type to begin with.
     *
     * @throws org.apache.kafka.connect.errors.RetriableException if it cannot be had now; asking again is safe
     */
    StructType known();

    /**
     * Asks for a wider type, before any document is written in it.
     *
     * @return a type that holds {@code wider} and everything else that has been agreed meanwhile
     * @throws org.apache.kafka.connect.errors.DataException if it is refused; what was agreed before stays
     * @throws org.apache.kafka.connect.errors.RetriableException if nobody can be asked now; asking again is safe
     */
    StructType extend(StructType wider);

    /** The document as those expect it with whom the type was agreed. */
    Struct agreed(Struct document);

    /** A history that agrees to everything and tells nobody. */
    static TopicHistory startingWith(StructType known) {
        return new TopicHistory() {
            @Override
            public StructType known() {
                return known;
            }

            @Override
            public StructType extend(StructType wider) {
                return wider;
            }

            @Override
            public Struct agreed(Struct document) {
                return document;
            }
        };
    }
}
