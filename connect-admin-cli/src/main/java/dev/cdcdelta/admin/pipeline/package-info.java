/** Input: what is to be replicated where. Output: the configurations of the two connectors, and both of them running. */
@NullMarked
package dev.cdcdelta.admin.pipeline;

import org.jspecify.annotations.NullMarked;
