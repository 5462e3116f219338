package dev.cdcdelta.admin.deadletter;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** One letter in all its parts, for people. */
public final class LetterView {
    private LetterView() {}

    /** @param payload whether key and value are shown, which are somebody's data */
    public static Map<String, @Nullable Object> of(DeadLetter letter, boolean payload) {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("place", letter.place().toString());
        facts.put("time", letter.time());
        facts.put("topic", letter.origin().topic());
        facts.put("partition", letter.origin().partition());
        facts.put("offset", letter.origin().offset());
        for (Header header : letter.letter().headers()) {
            String name = header.key();
            if (name.startsWith(DeadLetter.HEADERS)) {
                String key = name.substring(DeadLetter.HEADERS.length());
                facts.putIfAbsent(key, shown(key, header, payload));
            }
        }
        facts.put("keyBytes", size(letter.letter().key()));
        facts.put("valueBytes", size(letter.letter().value()));
        if (payload) {
            facts.put("key", LetterContent.text(letter.letter().key()));
            facts.put("value", LetterContent.text(letter.letter().value()));
        }
        return facts;
    }

    /** The trace repeats the message with a hundred lines behind it. */
    private static Object shown(String key, Header header, boolean whole) {
        String text = header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
        return key.endsWith("stacktrace") && !whole ? text.lines().findFirst().orElse("") : text;
    }

    private static int size(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }
}
