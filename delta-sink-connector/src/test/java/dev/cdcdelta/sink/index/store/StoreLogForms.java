package dev.cdcdelta.sink.index.store;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.zip.CRC32C;

/** Logs as other releases of the connector may have left them. */
public final class StoreLogForms {
    private StoreLogForms() {}

    public static byte[] withFormat(int format) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(head);
        out.writeUTF("cdcdelta key index");
        out.writeInt(format);
        CRC32C checksum = new CRC32C();
        checksum.update(head.toByteArray());
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        DataOutputStream framed = new DataOutputStream(frame);
        framed.writeInt(head.size());
        framed.writeInt((int) checksum.getValue());
        framed.write(head.toByteArray());
        return frame.toByteArray();
    }
}
