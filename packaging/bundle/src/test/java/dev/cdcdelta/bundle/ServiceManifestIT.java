package dev.cdcdelta.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.apache.kafka.common.config.provider.ConfigProvider;
import org.apache.kafka.connect.connector.policy.ConnectorClientConfigOverridePolicy;
import org.apache.kafka.connect.rest.ConnectRestExtension;
import org.apache.kafka.connect.sink.SinkConnector;
import org.apache.kafka.connect.source.SourceConnector;
import org.apache.kafka.connect.storage.Converter;
import org.apache.kafka.connect.storage.HeaderConverter;
import org.apache.kafka.connect.transforms.Transformation;
import org.apache.kafka.connect.transforms.predicates.Predicate;
import org.junit.jupiter.api.Test;

/** A worker with {@code plugin.discovery=service_load} sees what META-INF/services names, and nothing else. */
class ServiceManifestIT {

    private static final List<Class<?>> PLUGIN_KINDS = List.of(
            SinkConnector.class,
            SourceConnector.class,
            Transformation.class,
            Predicate.class,
            Converter.class,
            HeaderConverter.class,
            ConfigProvider.class,
            ConnectRestExtension.class,
            ConnectorClientConfigOverridePolicy.class);

    @Test
    void everyPluginClassIsListedAndEveryListedClassIsAPlugin() throws Exception {
        Set<String> listed = new TreeSet<>();
        Set<String> present = new TreeSet<>();
        try (URLClassLoader loader = new URLClassLoader(urls(), getClass().getClassLoader())) {
            for (Path jar : Packaged.jars()) {
                if (Packaged.isOurs(jar)) {
                    present.addAll(plugins(jar, loader));
                }
                listed.addAll(services(jar));
            }
        }
        assertThat(listed).isEqualTo(present);
    }

    private static Set<String> plugins(Path jar, ClassLoader loader) throws ClassNotFoundException {
        Set<String> found = new TreeSet<>();
        for (String entry : Packaged.entries(jar)) {
            if (entry.endsWith(".class") && !entry.endsWith("-info.class")) {
                String name =
                        entry.substring(0, entry.length() - ".class".length()).replace('/', '.');
                Class<?> type = Class.forName(name, false, loader);
                if (isInstantiable(type)) {
                    PLUGIN_KINDS.stream()
                            .filter(kind -> kind.isAssignableFrom(type))
                            .forEach(kind -> found.add(kind.getName() + " " + name));
                }
            }
        }
        return found;
    }

    private static boolean isInstantiable(Class<?> type) {
        return !Modifier.isAbstract(type.getModifiers())
                && Modifier.isPublic(type.getModifiers())
                && Arrays.stream(type.getConstructors()).anyMatch(constructor -> constructor.getParameterCount() == 0);
    }

    private static Set<String> services(Path jar) throws IOException {
        Set<String> found = new TreeSet<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            for (Class<?> kind : PLUGIN_KINDS) {
                ZipEntry entry = file.getEntry("META-INF/services/" + kind.getName());
                if (entry != null) {
                    new String(file.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .map(line -> line.replaceFirst("#.*", "").strip())
                            .filter(line -> !line.isEmpty())
                            .forEach(line -> found.add(kind.getName() + " " + line));
                }
            }
        }
        return found;
    }

    private static URL[] urls() throws MalformedURLException {
        List<Path> jars = Packaged.jars();
        URL[] urls = new URL[jars.size()];
        for (int i = 0; i < urls.length; i++) {
            urls[i] = jars.get(i).toUri().toURL();
        }
        return urls;
    }
}
