/** Input: a bearer token. Output: who calls with which role and scope, or why the token is refused. */
@NullMarked
package dev.cdcdelta.worker.token;

import org.jspecify.annotations.NullMarked;
