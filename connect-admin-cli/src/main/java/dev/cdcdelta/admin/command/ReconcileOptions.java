package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.reconcile.Reconciler;
import dev.cdcdelta.admin.rest.ConnectHttp;
import dev.cdcdelta.admin.rest.Connectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that says which connector is meant. */
final class ReconcileOptions {
    @Option(
            names = "--connector",
            paramLabel = "NAME",
            completionCandidates = NameCompletion.Connectors.class,
            description = "The reconciliation connector; not needed where the cluster has one only.")
    private @Nullable String name;

    Reconciler resolve(ConnectHttp http) {
        return Reconciler.among(new Connectors(http).all(), name);
    }
}
