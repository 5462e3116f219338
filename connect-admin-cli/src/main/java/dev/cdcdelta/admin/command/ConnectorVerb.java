package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.rest.ConnectHttp;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Parameters;

/** A verb for several connectors. */
abstract class ConnectorVerb extends StateVerb {
    @Parameters(
            arity = "1..*",
            paramLabel = "CONNECTOR",
            completionCandidates = NameCompletion.Connectors.class,
            description = "Names of the connectors.")
    private List<String> names = new ArrayList<>();

    @Override
    final List<String> connectors(ConnectHttp http) {
        return names;
    }
}
