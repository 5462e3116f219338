package dev.cdcdelta.admin.doctor;

import dev.cdcdelta.admin.pipeline.SinkTemplate;
import dev.cdcdelta.admin.pipeline.SourceTemplate;
import dev.cdcdelta.admin.rest.ConnectorPlugins.Plugin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The workers have what a pipeline needs, in versions that go together. */
public final class PluginsCheck implements Check {
    private static final List<String> NEEDED =
            List.of(SourceTemplate.CONNECTOR_CLASS, SinkTemplate.CONNECTOR_CLASS, SinkTemplate.TRANSFORM_CLASS);

    private final Supplier<List<Plugin>> plugins;
    private final String ownVersion;

    /** @param ownVersion of this program */
    public PluginsCheck(Supplier<List<Plugin>> plugins, String ownVersion) {
        this.plugins = plugins;
        this.ownVersion = ownVersion;
    }

    @Override
    public String name() {
        return "plugins";
    }

    @Override
    public List<Diagnosis> run() {
        List<Plugin> found = plugins.get();
        List<Diagnosis> all = new ArrayList<>();
        for (String needed : NEEDED) {
            Optional<Plugin> plugin = found.stream()
                    .filter(each -> each.className().equals(needed))
                    .findFirst();
            all.add(
                    plugin.isEmpty()
                            ? Diagnosis.failed(
                                    name(),
                                    "The workers have no plugin " + needed + ".",
                                    "It is in no directory of their plugin.path.",
                                    "Unpack it there on every worker and restart them.")
                            : version(plugin.get()));
        }
        return all;
    }

    private Diagnosis version(Plugin plugin) {
        String version = String.valueOf(plugin.version());
        boolean ours = plugin.className().startsWith("dev.cdcdelta.");
        return ours && !version.equals(ownVersion)
                ? Diagnosis.warning(
                        name(),
                        plugin.className() + " is of version " + version + ", and this program of " + ownVersion + ".",
                        "What this program says of tables may not be what that version does.",
                        "Use the connect-admin-cli of the release that the workers run.")
                : Diagnosis.ok(name(), plugin.className() + " " + version);
    }
}
