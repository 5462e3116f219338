package dev.cdcdelta.worker.mask;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.cdcdelta.worker.config.KeyPatterns;
import dev.cdcdelta.worker.route.Content;
import dev.cdcdelta.worker.token.Caller;
import dev.cdcdelta.worker.token.Role;
import java.io.IOException;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Takes out of an answer what its reader may not see. */
public final class AnswerMask {
    public static final String MASK = "[hidden]";

    private static final ObjectMapper JSON = new ObjectMapper();
    /** The password of an address such as {@code mongodb://user:password@host}. It may hold any character but a blank. */
    private static final Pattern ADDRESS_PASSWORD =
            Pattern.compile("(?<=[A-Za-z0-9+.-]{1,32}://)([^\\s/:@\"]*):([^\\s\"]*)@");

    private final SecretKeys secrets;

    public AnswerMask(KeyPatterns further) {
        this.secrets = new SecretKeys(further);
    }

    /**
     * @param answer the JSON text
     * @param sent the configuration in the request; empty where it had none
     * @throws IOException where the answer is not JSON, so that nothing in it can be masked
     */
    public byte[] apply(Content content, Caller caller, Map<String, String> sent, byte[] answer) throws IOException {
        JsonNode root = JSON.readTree(answer);
        if (root.isObject() && root.has("error_code") && root.has("message")) {
            return JSON.writeValueAsBytes(new ErrorMask(sent).apply((ObjectNode) root));
        }
        if (content == Content.VALIDATION) {
            return JSON.writeValueAsBytes(new ValidationMask(sent).apply(root));
        }
        JsonNode shown = content == Content.CONNECTORS ? withinScope(root, caller) : root;
        boolean isWhole = content != Content.PLAIN && caller.role() == Role.ADMINISTRATOR;
        return JSON.writeValueAsBytes(isWhole ? shown : masked(shown, content));
    }

    private JsonNode masked(JsonNode root, Content content) {
        return content == Content.PLAIN ? texts(root, AnswerMask::withoutPasswords) : secretsHidden(root);
    }

    private JsonNode secretsHidden(JsonNode node) {
        if (node instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                boolean isSecret = field.getValue().isValueNode()
                        && secrets.contains(field.getKey())
                        && !References.isAll(field.getValue().asText());
                field.setValue(isSecret ? TextNode.valueOf(MASK) : secretsHidden(field.getValue()));
            }
            return object;
        }
        if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, secretsHidden(array.get(i)));
            }
            return array;
        }
        return node.isTextual() ? TextNode.valueOf(withoutPasswords(node.asText())) : node;
    }

    /** Applies the change to every text in the tree, not to names of fields. */
    static JsonNode texts(JsonNode node, UnaryOperator<String> change) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(field -> field.setValue(texts(field.getValue(), change)));
            return object;
        }
        if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, texts(array.get(i), change));
            }
            return array;
        }
        return node.isTextual() ? TextNode.valueOf(change.apply(node.asText())) : node;
    }

    static String withoutPasswords(String text) {
        return text.contains("://")
                ? ADDRESS_PASSWORD.matcher(text).replaceAll("$1:" + MASK.replace("$", "\\$") + "@")
                : text;
    }

    private static JsonNode withinScope(JsonNode root, Caller caller) {
        if (root instanceof ObjectNode object) {
            object.properties().removeIf(field -> !caller.scope().covers(field.getKey()));
            return object;
        }
        ArrayNode names = JSON.createArrayNode();
        root.forEach(name -> {
            if (caller.scope().covers(name.asText())) {
                names.add(name);
            }
        });
        return names;
    }
}
