package dev.cdcdelta.admin.reconcile;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A browser without a window, where the machine has one. */
record Chromium(Path program) {
    static Optional<Chromium> installed() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        String named = Optional.ofNullable(System.getenv("CHROMIUM")).orElse("");
        return Stream.concat(
                        named.isEmpty() ? Stream.empty() : Stream.of(Path.of(named)),
                        Stream.of(path.split(File.pathSeparator))
                                .flatMap(directory -> Stream.of(
                                                "chromium",
                                                "chromium-headless-shell",
                                                "google-chrome",
                                                "headless_shell")
                                        .map(name -> Path.of(directory, name))))
                .filter(Files::isExecutable)
                .map(Chromium::new)
                .findFirst();
    }

    /** The page's document after it was rendered, as the browser writes it. */
    String dom(Path page, Path profile) throws IOException, InterruptedException {
        return run(page, profile, List.of("--dump-dom"));
    }

    void screenshot(Path page, Path profile, Path image) throws IOException, InterruptedException {
        run(page, profile, List.of("--screenshot=" + image, "--window-size=1000,1400"));
    }

    private String run(Path page, Path profile, List<String> options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                program.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--hide-scrollbars",
                "--user-data-dir=" + profile));
        command.addAll(options);
        command.add(page.toUri().toString());
        Path out = profile.resolve("out.txt");
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(out.toFile())
                .start();
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IOException("Chromium did not end");
        }
        return Files.readString(out, StandardCharsets.UTF_8);
    }
}
