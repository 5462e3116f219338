@NullMarked
package dev.cdcdelta.admin.topic;

import org.jspecify.annotations.NullMarked;
