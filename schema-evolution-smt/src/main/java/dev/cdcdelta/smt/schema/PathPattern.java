package dev.cdcdelta.smt.schema;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.config.ConfigException;

/**
 * Fields by their paths. Steps are separated by points; {@code *} is one step of any name, {@code **} any number of steps, none
 * included. Arrays are no step: {@code items.price} is the field of the documents in {@code items}, and a {@code []} behind a step
 * changes nothing. Within a step {@code %} and two hexadecimal digits stand for a character that would not be read as itself: {@code
 * %2E} for a point, {@code %2C} for a comma, {@code %3D} for an equals sign, {@code %2A} for an asterisk, {@code %25} for a percent sign.
 */
public record PathPattern(List<Step> steps) {
    /** @param name unescaped */
    record Step(Kind kind, String name) {}

    enum Kind {
        NAME,
        ANY,
        ANY_DEPTH
    }

    public PathPattern {
        steps = List.copyOf(steps);
    }

    /**
     * Reads a pattern.
     *
     * @throws ConfigException naming {@code key} if it has an empty step or a broken escape
     */
    static PathPattern parse(String key, String text) {
        List<Step> steps = new ArrayList<>();
        for (String part : text.split("\\.", -1)) {
            String step = part;
            while (step.endsWith("[]")) {
                step = step.substring(0, step.length() - 2);
            }
            if (step.isEmpty()) {
                throw new ConfigException(
                        key, text, "has an empty step; write paths as a.b, and %2E for a point within a name");
            }
            steps.add(
                    switch (step) {
                        case "*" -> new Step(Kind.ANY, "");
                        case "**" -> new Step(Kind.ANY_DEPTH, "");
                        default -> new Step(Kind.NAME, unescape(key, step));
                    });
        }
        return new PathPattern(steps);
    }

    private static String unescape(String key, String step) {
        StringBuilder name = new StringBuilder(step.length());
        for (int i = 0; i < step.length(); i++) {
            char c = step.charAt(i);
            if (c != '%') {
                name.append(c);
                continue;
            }
            int high = i + 1 < step.length() ? Character.digit(step.charAt(i + 1), 16) : -1;
            int low = i + 2 < step.length() ? Character.digit(step.charAt(i + 2), 16) : -1;
            if (high < 0 || low < 0) {
                throw new ConfigException(
                        key, step, "has a % without two hexadecimal digits behind it; write %25 for a percent sign");
            }
            name.append((char) (high * 16 + low));
            i += 2;
        }
        return name.toString();
    }

    boolean isExact() {
        return steps.stream().allMatch(step -> step.kind() == Kind.NAME);
    }

    boolean matches(List<String> names) {
        return matches(0, names, 0);
    }

    private boolean matches(int step, List<String> names, int name) {
        if (step == steps.size()) {
            return name == names.size();
        }
        Step next = steps.get(step);
        if (next.kind() == Kind.ANY_DEPTH) {
            return matches(step + 1, names, name) || name < names.size() && matches(step, names, name + 1);
        }
        return name < names.size()
                && (next.kind() == Kind.ANY || next.name().equals(names.get(name)))
                && matches(step + 1, names, name + 1);
    }
}
