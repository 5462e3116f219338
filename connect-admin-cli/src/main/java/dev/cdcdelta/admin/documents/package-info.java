/** Input: a topic, a file or a collection. Output: its documents, one by one; nothing is written anywhere. */
@NullMarked
package dev.cdcdelta.admin.documents;

import org.jspecify.annotations.NullMarked;
