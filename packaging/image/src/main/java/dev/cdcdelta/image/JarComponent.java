package dev.cdcdelta.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;

/**
 * What a jar file is, as far as it tells.
 *
 * @param group empty where neither its Maven properties nor anything else says so
 * @param sha256 of the file, 64 hexadecimal digits
 */
record JarComponent(Path file, Optional<String> group, String name, String version, String sha256) {
    /** The version begins at the first hyphen that a digit follows. */
    private static final Pattern FILE_NAME = Pattern.compile("(.+?)-(\\d.*)\\.jar");

    static JarComponent of(Path file) throws IOException {
        Optional<Properties> maven = mavenProperties(file);
        if (maven.isPresent()) {
            Properties properties = maven.get();
            return new JarComponent(
                    file,
                    Optional.of(properties.getProperty("groupId")),
                    properties.getProperty("artifactId"),
                    properties.getProperty("version"),
                    sha256(file));
        }
        Matcher named = FILE_NAME.matcher(file.getFileName().toString());
        return named.matches()
                ? new JarComponent(file, Optional.empty(), named.group(1), named.group(2), sha256(file))
                : new JarComponent(file, Optional.empty(), base(file), implementationVersion(file), sha256(file));
    }

    /** Only where the jar holds one artifact's and its name begins so: a shaded jar lists those of others. */
    private static Optional<Properties> mavenProperties(Path file) throws IOException {
        try (JarFile jar = new JarFile(file.toFile())) {
            List<ZipEntry> found = jar.stream()
                    .filter(entry -> entry.getName().matches("META-INF/maven/[^/]+/[^/]+/pom\\.properties"))
                    .map(ZipEntry.class::cast)
                    .toList();
            if (found.size() != 1) {
                return Optional.empty();
            }
            Properties properties = new Properties();
            try (InputStream content = jar.getInputStream(found.get(0))) {
                properties.load(content);
            }
            boolean own = properties.getProperty("version") != null
                    && file.getFileName().toString().startsWith(properties.getProperty("artifactId", "?"));
            return own ? Optional.of(properties) : Optional.empty();
        }
    }

    private static String implementationVersion(Path file) throws IOException {
        try (JarFile jar = new JarFile(file.toFile())) {
            String version = jar.getManifest() == null
                    ? null
                    : jar.getManifest().getMainAttributes().getValue("Implementation-Version");
            return version == null ? "unknown" : version;
        }
    }

    private static String base(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - ".jar".length());
    }

    private static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
