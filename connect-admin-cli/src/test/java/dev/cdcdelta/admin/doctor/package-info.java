@NullMarked
package dev.cdcdelta.admin.doctor;

import org.jspecify.annotations.NullMarked;
