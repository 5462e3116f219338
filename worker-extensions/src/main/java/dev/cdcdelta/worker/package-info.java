/** Input: the properties of a Connect worker. Output: its REST API behind tokens and roles, and secrets read from Vault. */
@NullMarked
package dev.cdcdelta.worker;

import org.jspecify.annotations.NullMarked;
