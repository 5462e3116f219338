/** Input: extended JSON text in any dialect that MongoDB and Debezium write. Output: the BSON value it stands for, and canonical text again. */
@NullMarked
package dev.cdcdelta.smt.ejson;

import org.jspecify.annotations.NullMarked;
