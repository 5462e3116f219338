package dev.cdcdelta.worker.audit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * Verifies the audit lines on standard input, as kafka-console-consumer prints those of the topic. The key, where there is
 * one, is taken from the environment variable AUDIT_KEY. Exit code 0: whole; 1: not; 2: the input cannot be read.
 */
public final class AuditVerifierMain {
    private AuditVerifierMain() {}

    public static void main(String[] arguments) {
        AuditVerifier verifier = new AuditVerifier(System.getenv("AUDIT_KEY"));
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            lines.lines().forEach(verifier::read);
        } catch (IOException | java.io.UncheckedIOException e) {
            System.err.println("The audit lines cannot be read from standard input: " + e.getMessage());
            System.exit(2);
        }
        AuditVerifier.Report report = verifier.report();
        report.findings().forEach(System.err::println);
        report.chains().forEach((name, closed) -> System.out.println(name + (closed ? ": closed" : ": open")));
        System.out.println(report.lines() + " lines, " + report.findings().size() + " findings");
        System.exit(report.isWhole() ? 0 : 1);
    }
}
