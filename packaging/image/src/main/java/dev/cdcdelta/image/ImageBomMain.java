package dev.cdcdelta.image;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Writes the bill of materials of an image's own layers, CycloneDX 1.6 as JSON: every jar with its place in the image, its SHA-256
 * and, where it says so, its Maven coordinates. What the base image holds is not in it.
 */
public final class ImageBomMain {
    private static final String HOME = "/opt/cdcdelta/";

    private ImageBomMain() {}

    /**
     * Writes it.
     *
     * @param arguments the directory that the image is built of, the version of this project, and the file to write
     */
    public static void main(String[] arguments) throws IOException {
        Path context = Path.of(arguments[0]);
        Path target = Path.of(arguments[2]);
        ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
        Files.createDirectories(target.getParent());
        json.writeValue(target.toFile(), bom(json, context, arguments[1]));
    }

    private static ObjectNode bom(ObjectMapper json, Path context, String version) throws IOException {
        ObjectNode bom = json.createObjectNode();
        bom.put("bomFormat", "CycloneDX").put("specVersion", "1.6").put("version", 1);
        bom.putObject("metadata")
                .putObject("component")
                .put("type", "container")
                .put("bom-ref", "image")
                .put("name", "mongodb-cdc-delta")
                .put("version", version);
        ArrayNode components = bom.putArray("components");
        for (Path jar : jars(context)) {
            add(components, context, JarComponent.of(jar));
        }
        return bom;
    }

    /** Sorted, so that the same files give the same text. */
    private static List<Path> jars(Path context) throws IOException {
        try (Stream<Path> files = Files.walk(context)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }

    private static void add(ArrayNode components, Path context, JarComponent jar) {
        String place = HOME + context.relativize(jar.file()).toString().replace('\\', '/');
        ObjectNode component = components.addObject().put("type", "library").put("bom-ref", place);
        jar.group().ifPresent(group -> component.put("group", group));
        component.put("name", jar.name()).put("version", jar.version());
        component.putArray("hashes").addObject().put("alg", "SHA-256").put("content", jar.sha256());
        jar.group()
                .ifPresent(
                        group -> component.put("purl", "pkg:maven/" + group + "/" + jar.name() + "@" + jar.version()));
        component.putObject("evidence").putArray("occurrences").addObject().put("location", place);
    }
}
