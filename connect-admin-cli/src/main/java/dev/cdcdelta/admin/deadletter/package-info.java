/** Input: a dead letter queue of Connect. Output: why records were refused, and events that go back where they came from. */
@NullMarked
package dev.cdcdelta.admin.deadletter;

import org.jspecify.annotations.NullMarked;
