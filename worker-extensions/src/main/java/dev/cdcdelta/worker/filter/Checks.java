package dev.cdcdelta.worker.filter;

import dev.cdcdelta.worker.access.AccessCheck;
import dev.cdcdelta.worker.config.RequestSettings;
import dev.cdcdelta.worker.token.TokenCheck;

/** What a call has to pass. */
public record Checks(TokenCheck tokens, AccessCheck access, RequestSettings requests) {}
