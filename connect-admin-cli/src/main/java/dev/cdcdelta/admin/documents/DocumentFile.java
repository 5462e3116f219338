package dev.cdcdelta.admin.documents;

import dev.cdcdelta.admin.failure.CommandException;
import dev.cdcdelta.admin.failure.ExitCode;
import dev.cdcdelta.smt.ejson.ExtendedJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.apache.kafka.connect.errors.DataException;

/** A file of extended JSON of any version, in UTF-8; with the ending {@code .gz}, packed. */
public final class DocumentFile implements DocumentSource {
    private final Path file;

    public DocumentFile(Path file) {
        this.file = file;
    }

    @Override
    public String name() {
        return "file " + file;
    }

    @Override
    public void read(Reader reader) {
        try (BufferedReader text = open()) {
            DocumentTexts texts = new DocumentTexts(text);
            boolean more = true;
            while (more && !reader.isDone()) {
                more = readOne(texts, reader);
            }
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.USAGE, "The file " + file + " cannot be read.", e.toString(), "Check the path.", e);
        }
    }

    private static boolean readOne(DocumentTexts texts, Reader reader) throws IOException {
        try {
            String text = texts.next();
            if (text == null) {
                return false;
            }
            reader.document(ExtendedJson.parseDocument(text));
        } catch (DataException e) {
            reader.refused("line " + texts.line(), e);
        }
        return true;
    }

    private BufferedReader open() throws IOException {
        InputStream bytes = Files.newInputStream(file);
        try {
            InputStream content =
                    String.valueOf(file.getFileName()).endsWith(".gz") ? new GZIPInputStream(bytes) : bytes;
            return new BufferedReader(new InputStreamReader(content, StandardCharsets.UTF_8));
        } catch (IOException e) {
            bytes.close();
            throw e;
        }
    }
}
