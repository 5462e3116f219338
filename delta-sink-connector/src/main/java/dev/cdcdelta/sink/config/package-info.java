/** Input: the connector's configuration. Output: checked settings as small records. */
@NullMarked
package dev.cdcdelta.sink.config;

import org.jspecify.annotations.NullMarked;
