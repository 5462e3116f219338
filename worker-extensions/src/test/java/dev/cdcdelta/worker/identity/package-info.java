/**
 * Input: who should be able to call, and what is secret. Output: an identity provider, a stand-in for Vault, certificates: what a
 * secured worker needs around it.
 */
@NullMarked
package dev.cdcdelta.worker.identity;

import org.jspecify.annotations.NullMarked;
