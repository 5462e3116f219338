/** Input: what MongoDB, Connect, Kafka and the tables say of themselves. Output: what is wrong with a pipeline, why, and what to do. */
@NullMarked
package dev.cdcdelta.admin.doctor;

import org.jspecify.annotations.NullMarked;
