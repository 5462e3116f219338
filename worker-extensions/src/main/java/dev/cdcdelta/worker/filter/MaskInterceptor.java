package dev.cdcdelta.worker.filter;

import dev.cdcdelta.worker.mask.AnswerMask;
import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/** Masks the text of each answer, whatever object of the worker it was made from. */
public final class MaskInterceptor implements WriterInterceptor {
    private final AnswerMask mask;

    public MaskInterceptor(AnswerMask mask) {
        this.mask = mask;
    }

    @Override
    public void aroundWriteTo(WriterInterceptorContext context) throws IOException {
        Optional<Call> call = Call.of(context.getProperty(Call.PROPERTY));
        if (call.isEmpty()
                || call.get().caller().isEmpty()
                || call.get().match().isEmpty()) {
            context.proceed();
            return;
        }
        OutputStream answer = context.getOutputStream();
        ByteArrayOutputStream held = new ByteArrayOutputStream();
        context.setOutputStream(held);
        context.proceed();
        context.setOutputStream(answer);
        if (held.size() > 0) {
            answer.write(masked(call.get(), held.toByteArray()));
        }
    }

    private byte[] masked(Call call, byte[] answer) throws IOException {
        return mask.apply(
                call.match().orElseThrow().route().answer(), call.caller().orElseThrow(), call.sent(), answer);
    }
}
