package dev.cdcdelta.stack.mongodb;

import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The difference of two images of a document, as an update event describes it: dotted paths into documents and arrays. */
final class UpdateDescription {
    private final Document updatedFields = new Document();
    private final List<String> removedFields = new ArrayList<>();
    private final List<Document> truncatedArrays = new ArrayList<>();

    private UpdateDescription() {}

    static Document between(Document before, Document after) {
        UpdateDescription description = new UpdateDescription();
        description.compareDocuments("", before, after);
        return new Document("updatedFields", description.updatedFields)
                .append("removedFields", description.removedFields)
                .append("truncatedArrays", description.truncatedArrays);
    }

    private void compareDocuments(String prefix, Document before, Document after) {
        for (String field : before.keySet()) {
            if (!after.containsKey(field)) {
                removedFields.add(prefix + field);
            }
        }
        for (Map.Entry<String, Object> entry : after.entrySet()) {
            String path = prefix + entry.getKey();
            if (before.containsKey(entry.getKey())) {
                compareValues(path, before.get(entry.getKey()), entry.getValue());
            } else {
                updatedFields.put(path, entry.getValue());
            }
        }
    }

    private void compareValues(String path, Object before, Object after) {
        if (before instanceof Document beforeDocument && after instanceof Document afterDocument) {
            compareDocuments(path + ".", beforeDocument, afterDocument);
        } else if (before instanceof List<?> beforeList && after instanceof List<?> afterList) {
            compareLists(path, beforeList, afterList);
        } else if (!Objects.equals(before, after)) {
            updatedFields.put(path, after);
        }
    }

    private void compareLists(String path, List<?> before, List<?> after) {
        int common = Math.min(before.size(), after.size());
        for (int index = 0; index < common; index++) {
            compareValues(path + "." + index, before.get(index), after.get(index));
        }
        for (int index = common; index < after.size(); index++) {
            updatedFields.put(path + "." + index, after.get(index));
        }
        if (after.size() < before.size()) {
            truncatedArrays.add(new Document("field", path).append("newSize", after.size()));
        }
    }
}
