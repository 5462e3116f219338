package dev.cdcdelta.worker.config;

import org.jspecify.annotations.Nullable;

/**
 * @param bodyLimit in bytes
 * @param internalBodyLimit in bytes, of requests that workers sign
 * @param hopSecret shared by the workers of a group; null where there is none
 */
public record RequestSettings(
        boolean healthOpen,
        int bodyLimit,
        int internalBodyLimit,
        @Nullable String hopSecret) {
    @Override
    public String toString() {
        return "RequestSettings[healthOpen=" + healthOpen + ", bodyLimit=" + bodyLimit + "]";
    }
}
