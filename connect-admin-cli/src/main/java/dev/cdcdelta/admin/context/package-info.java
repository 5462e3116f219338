/** Input: files of contexts, the environment and options. Output: where Connect, Kafka, MongoDB and the tables are, and who we are there. */
@NullMarked
package dev.cdcdelta.admin.context;

import org.jspecify.annotations.NullMarked;
