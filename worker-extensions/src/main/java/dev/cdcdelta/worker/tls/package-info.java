/** Input: a store of certificates. Output: TLS for outgoing connections that trusts these alone. */
@NullMarked
package dev.cdcdelta.worker.tls;

import org.jspecify.annotations.NullMarked;
