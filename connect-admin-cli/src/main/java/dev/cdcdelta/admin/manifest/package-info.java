/** Input: files that say which connectors there are to be. Output: their configurations, variables replaced. */
@NullMarked
package dev.cdcdelta.admin.manifest;

import org.jspecify.annotations.NullMarked;
