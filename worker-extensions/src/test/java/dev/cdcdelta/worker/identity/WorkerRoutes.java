package dev.cdcdelta.worker.identity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** Every route that the resources of a worker declare, as {@code GET /connectors/{connector}}, read from its own jar. */
public final class WorkerRoutes {
    private static final String RESOURCES = "org/apache/kafka/connect/runtime/rest/resources/";
    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS");

    private WorkerRoutes() {}

    /** @param loader that knows the jar and what it needs */
    public static Set<String> of(Path runtimeJar, ClassLoader loader) throws IOException {
        Set<String> routes = new TreeSet<>();
        try (JarFile jar = new JarFile(runtimeJar.toFile())) {
            jar.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.startsWith(RESOURCES) && name.endsWith(".class"))
                    .map(name -> load(name, loader))
                    .forEach(type -> addTo(routes, type));
        }
        return routes;
    }

    private static Class<?> load(String entry, ClassLoader loader) {
        String name = entry.substring(0, entry.length() - ".class".length()).replace('/', '.');
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException e) {
            throw new UncheckedIOException(new IOException(name + " is not in its own jar.", e));
        }
    }

    private static void addTo(Set<String> routes, Class<?> type) {
        Optional<String> root = path(type.getAnnotations());
        if (root.isEmpty()) {
            return;
        }
        for (Method method : type.getMethods()) {
            Stream.of(method.getAnnotations())
                    .map(annotation -> annotation.annotationType().getSimpleName())
                    .filter(METHODS::contains)
                    .forEach(verb -> routes.add(verb + " " + joined(root.get(), path(method.getAnnotations()))));
        }
    }

    private static Optional<String> path(Annotation[] annotations) {
        return Stream.of(annotations)
                .filter(annotation ->
                        annotation.annotationType().getSimpleName().equals("Path"))
                .map(WorkerRoutes::value)
                .findFirst();
    }

    private static String value(Annotation path) {
        try {
            return (String) path.annotationType().getMethod("value").invoke(path);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String joined(String root, Optional<String> rest) {
        String path = root + "/" + rest.orElse("");
        String single = path.replaceAll("/+", "/");
        return single.length() > 1 && single.endsWith("/") ? single.substring(0, single.length() - 1) : single;
    }
}
