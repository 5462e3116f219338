/** Input: the path of a secret and the settings of a login. Output: the secret's fields and how long they hold. */
@NullMarked
package dev.cdcdelta.worker.vault;

import org.jspecify.annotations.NullMarked;
