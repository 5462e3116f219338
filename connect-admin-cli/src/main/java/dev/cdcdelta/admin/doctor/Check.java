package dev.cdcdelta.admin.doctor;

import java.util.List;

/** One question about a pipeline. */
public interface Check {
    String name();

    /**
     * The answers, at least one.
     *
     * @throws dev.cdcdelta.admin.failure.CommandException if what is to be looked at cannot be seen
     */
    List<Diagnosis> run();
}
