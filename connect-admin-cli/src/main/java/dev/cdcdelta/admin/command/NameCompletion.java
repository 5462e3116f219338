package dev.cdcdelta.admin.command;

import java.util.Iterator;
import java.util.List;

/**
 * Names that a shell completes by asking this program ({@code names}), for they change. The script that picocli makes has fixed words
 * only; {@link CompletionCommand} puts the question in the place of these.
 */
abstract class NameCompletion implements Iterable<String> {
    private final NameKind kind;

    NameCompletion(NameKind kind) {
        this.kind = kind;
    }

    /** The word that stands for the names of a kind. */
    static String placeholder(NameKind kind) {
        return "%" + kind.label() + "%";
    }

    @Override
    public Iterator<String> iterator() {
        return List.of(placeholder(kind)).iterator();
    }

    /** Names of contexts. */
    static final class Contexts extends NameCompletion {
        Contexts() {
            super(NameKind.CONTEXTS);
        }
    }

    /** Names of connectors. */
    static final class Connectors extends NameCompletion {
        Connectors() {
            super(NameKind.CONNECTORS);
        }
    }

    /** Names of pipelines. */
    static final class Pipelines extends NameCompletion {
        Pipelines() {
            super(NameKind.PIPELINES);
        }
    }

    /** Names of plugins' classes. */
    static final class Plugins extends NameCompletion {
        Plugins() {
            super(NameKind.PLUGINS);
        }
    }
}
