package dev.cdcdelta.worker.filter;

import dev.cdcdelta.worker.audit.AuditLog;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;

/** Audits each call when its answer is known, and tells the caller its identifier. */
public final class AuditFilter implements ContainerResponseFilter {
    private final AuditLog log;

    public AuditFilter(AuditLog log) {
        this.log = log;
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        Call.of(request).ifPresent(call -> {
            response.getHeaders().putSingle(SecurityFilter.REQUEST_ID, call.requestId());
            if (call.isToAudit(response.getStatus())) {
                log.write(call.event(response.getStatus()));
            }
        });
    }
}
