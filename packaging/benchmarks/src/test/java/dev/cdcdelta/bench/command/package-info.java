@NullMarked
package dev.cdcdelta.bench.command;

import org.jspecify.annotations.NullMarked;
