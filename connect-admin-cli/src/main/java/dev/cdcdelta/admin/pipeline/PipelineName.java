package dev.cdcdelta.admin.pipeline;

import dev.cdcdelta.admin.failure.CommandException;
import java.util.List;
import java.util.Optional;

/**
 * The name of a pipeline, which names all that belongs to it: the connectors {@code <name>-source}, {@code <name>-sink} and
 * {@code <name>-reconciliation}, the topics {@code <name>.<database>.<collection>} and the dead letter topic {@code <name>-dlq}.
 */
public record PipelineName(String value) implements Comparable<PipelineName> {
    private static final String SOURCE_SUFFIX = "-source";
    private static final String SINK_SUFFIX = "-sink";
    private static final String RECONCILIATION_SUFFIX = "-reconciliation";
    private static final int LONGEST = 100;

    public PipelineName {
        if (!value.matches("[A-Za-z0-9_-]+") || value.length() > LONGEST) {
            throw CommandException.usage(
                    "'" + value + "' cannot name a pipeline: it is the prefix of topics.",
                    "Use at most " + LONGEST + " letters, digits, hyphens and underscores, for example --name orders.");
        }
    }

    /** {@code <database>-<collection>} for one collection given by name, else {@code <database>}. */
    static PipelineName standard(String database, List<CollectionFilter> collections) {
        String name = collections.size() == 1 && !collections.get(0).isPattern()
                ? database + "-" + collections.get(0).text()
                : database;
        return new PipelineName(name.replaceAll("[^A-Za-z0-9_-]", "_"));
    }

    static Optional<PipelineName> ofSource(String connector) {
        return withoutSuffix(connector, SOURCE_SUFFIX);
    }

    static Optional<PipelineName> ofSink(String connector) {
        return withoutSuffix(connector, SINK_SUFFIX);
    }

    static Optional<PipelineName> ofReconciliation(String connector) {
        return withoutSuffix(connector, RECONCILIATION_SUFFIX);
    }

    private static Optional<PipelineName> withoutSuffix(String connector, String suffix) {
        String name = connector.endsWith(suffix) ? connector.substring(0, connector.length() - suffix.length()) : "";
        return name.matches("[A-Za-z0-9_-]{1," + LONGEST + "}")
                ? Optional.of(new PipelineName(name))
                : Optional.empty();
    }

    public String source() {
        return value + SOURCE_SUFFIX;
    }

    public String sink() {
        return value + SINK_SUFFIX;
    }

    public String reconciliation() {
        return value + RECONCILIATION_SUFFIX;
    }

    public String deadLetterTopic() {
        return value + "-dlq";
    }

    @Override
    public int compareTo(PipelineName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
