package dev.cdcdelta.reconcile.config;

import com.mongodb.Tag;
import com.mongodb.TagSet;
import java.util.ArrayList;
import java.util.List;

/** Sets of tags of a read preference. */
final class ReadTags {
    private ReadTags() {}

    /** @throws IllegalArgumentException if it is no {@code name:value,name:value;…} */
    static List<TagSet> parse(String text) {
        List<TagSet> sets = new ArrayList<>();
        for (String set : text.isBlank() ? new String[0] : text.split(";", -1)) {
            List<Tag> tags = new ArrayList<>();
            for (String tag : set.isBlank() ? new String[0] : set.split(",", -1)) {
                int colon = tag.indexOf(':');
                if (colon <= 0) {
                    throw new IllegalArgumentException("'" + tag + "' is not name:value");
                }
                tags.add(new Tag(
                        tag.substring(0, colon).strip(),
                        tag.substring(colon + 1).strip()));
            }
            sets.add(new TagSet(tags));
        }
        return sets;
    }
}
