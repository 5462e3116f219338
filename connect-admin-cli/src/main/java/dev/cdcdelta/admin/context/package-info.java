/** Input: a context file, the environment and options. Output: where Connect, Kafka, MongoDB and the tables are. */
@NullMarked
package dev.cdcdelta.admin.context;

import org.jspecify.annotations.NullMarked;
