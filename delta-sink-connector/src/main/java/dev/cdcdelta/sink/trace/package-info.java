/** Input: records with the trace of whoever produced them, and their way into a commit. Output: OpenTelemetry spans, where an agent runs. */
@NullMarked
package dev.cdcdelta.sink.trace;

import org.jspecify.annotations.NullMarked;
