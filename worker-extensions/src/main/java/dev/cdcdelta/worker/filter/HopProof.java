package dev.cdcdelta.worker.filter;

import dev.cdcdelta.worker.route.Match;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a worker adds to a call that it may forward: that it has audited the call, under which identifier. Connect forwards
 * the Authorization header and no other, so that the proof travels there, behind the token. The next worker verifies the
 * token all the same.
 */
final class HopProof {
    private static final String ALGORITHM = "HmacSHA256";
    private static final String SCHEME = "CdcDelta-Hop";
    private static final Pattern HEADER =
            Pattern.compile(SCHEME + " (\\S+) ([A-Za-z0-9_-]{1,64})\\.(\\d{1,12})\\.([A-Za-z0-9_-]{43})");
    /** Longer than Connect waits for an answer, and than the clocks of workers differ. */
    private static final Duration LIFETIME = Duration.ofMinutes(3);

    private final SecretKeySpec key;
    private final Clock clock;

    HopProof(String secret, Clock clock) {
        this.key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
        this.clock = clock;
    }

    /** A call that another worker has passed on. */
    record Hop(String token, String requestId) {}

    static boolean isHop(String authorization) {
        return authorization.startsWith(SCHEME + " ");
    }

    String header(Match match, String token, String requestId) {
        long second = clock.instant().getEpochSecond();
        return SCHEME + " " + token + " " + requestId + "." + second + "." + sign(match, token, requestId, second);
    }

    /** @return empty where the proof is of another call, or too old, or of somebody else */
    Optional<Hop> verify(Match match, String authorization) {
        Matcher matcher = HEADER.matcher(authorization);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String token = matcher.group(1);
        String requestId = matcher.group(2);
        long second = Long.parseLong(matcher.group(3));
        boolean isRecent = Math.abs(clock.instant().getEpochSecond() - second) <= LIFETIME.toSeconds();
        boolean isOurs = MessageDigest.isEqual(
                sign(match, token, requestId, second).getBytes(StandardCharsets.US_ASCII),
                matcher.group(4).getBytes(StandardCharsets.US_ASCII));
        return isRecent && isOurs ? Optional.of(new Hop(token, requestId)) : Optional.empty();
    }

    private String sign(Match match, String token, String requestId, long second) {
        // Lengths first: names of connectors may hold line breaks.
        String connector = match.connector() == null ? "" : match.connector();
        String text = String.join(
                "\n",
                match.route().method(),
                match.route().template(),
                Integer.toString(connector.length()),
                connector,
                token,
                requestId,
                Long.toString(second));
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has " + ALGORITHM + ".", e);
        }
    }
}
