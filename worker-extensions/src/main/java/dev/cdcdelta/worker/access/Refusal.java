package dev.cdcdelta.worker.access;

/**
 * Why a call may not pass.
 *
 * @param status of HTTP
 * @param reason problem, cause and remedy, without values of the request
 */
public record Refusal(int status, String reason) {}
