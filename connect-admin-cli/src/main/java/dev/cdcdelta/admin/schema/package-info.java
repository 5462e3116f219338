/** Input: documents, and a table where there is one. Output: the schema that they ask for, in words. */
@NullMarked
package dev.cdcdelta.admin.schema;

import org.jspecify.annotations.NullMarked;
