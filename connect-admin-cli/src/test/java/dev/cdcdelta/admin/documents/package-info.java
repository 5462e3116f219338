@NullMarked
package dev.cdcdelta.admin.documents;

import org.jspecify.annotations.NullMarked;
