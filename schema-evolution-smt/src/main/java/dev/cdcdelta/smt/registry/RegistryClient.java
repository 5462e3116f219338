package dev.cdcdelta.smt.registry;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLException;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.bson.BsonDocument;
import org.bson.BsonInvalidOperationException;
import org.bson.json.JsonParseException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The two requests that are needed of Confluent's schema registry API. Both may be repeated: registering a schema that is there already
 * makes no version. A request is repeated while the registry is silent or answers with a failure of its own.
 */
final class RegistryClient {
    /** Waits between repetitions. */
    interface Pause {
        void of(Duration duration) throws InterruptedException;
    }

    static final String NEWEST = "latest";

    private static final Logger LOG = LoggerFactory.getLogger(RegistryClient.class);
    private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final int LONGEST_QUOTE = 1000;

    /** 408 and 429 ask for patience; what a proxy says while the registry starts is above 500. */
    private static final Set<Integer> PASSING = Set.of(408, 429);

    private final RegistryAccess access;
    private final RandomGenerator random;
    private final Pause pause;
    private final HttpClient http;
    private boolean isDown;

    RegistryClient(RegistryAccess access, RandomGenerator random, Pause pause) {
        this.access = access;
        this.random = random;
        this.pause = pause;
        HttpClient.Builder client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(access.timeout());
        if (access.tls() != null) {
            client.sslContext(access.tls());
        }
        this.http = client.build();
    }

    /**
     * One version of a subject; empty if there is none.
     *
     * @param version a number, or {@link #NEWEST}
     * @throws RetriableException if the registry does not answer
     * @throws ConnectException if it turns the request down
     */
    Optional<RegisteredSchema> version(String subject, String version) {
        Answer answer =
                ask(subject, request(subject, "/versions/" + version).GET().build());
        if (answer.status == 404) {
            return Optional.empty();
        }
        requireSuccess(subject, answer);
        return Optional.of(new RegisteredSchema(
                answer.body.getNumber("version").intValue(),
                answer.body.getString("schema").getValue()));
    }

    /**
     * Makes a schema the subject's newest version, unless it is one already.
     *
     * @throws RetriableException if the registry does not answer; it may have registered the schema all the same
     * @throws ConnectException if it turns the request down for another reason than the schema
     */
    Registration register(String subject, String schema) {
        HttpRequest request = request(subject, "/versions")
                .POST(HttpRequest.BodyPublishers.ofString(AvroText.request(schema)))
                .build();
        Answer answer = ask(subject, request);
        if (answer.status == 409 || answer.status == 422) {
            return new Registration.Refused("HTTP " + answer.status + " " + answer.quote());
        }
        requireSuccess(subject, answer);
        return new Registration.Accepted();
    }

    /** What was answered, in JSON where the status is one of success. */
    private record Answer(int status, String text, BsonDocument body) {
        String quote() {
            return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…";
        }
    }

    private Answer ask(String subject, HttpRequest request) {
        for (int repetition = 0; ; repetition++) {
            String failure;
            try {
                HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
                Answer answer = answer(response);
                if (answer != null) {
                    seen();
                    return answer;
                }
                failure = "it answered HTTP " + response.statusCode() + " "
                        + new Answer(0, response.body(), new BsonDocument()).quote();
            } catch (IOException silent) {
                failure = silent instanceof SSLException refused ? told(refused) : silent.toString();
            } catch (InterruptedException stopped) {
                throw interrupted(stopped);
            }
            missed(failure);
            if (repetition == access.backoff().repetitions()) {
                throw new RetriableException(
                        "The schema registry at " + access.url() + " gave no usable answer about subject '"
                                + subject + "', however often it was asked; the last time: " + failure
                                + ". Nothing is lost: once it"
                                + " answers, restart the task, or set errors.retry.timeout to let Connect try for longer.");
            }
            await(repetition);
        }
    }

    private static String told(SSLException refused) {
        return refused + " (TLS: " + RegistryKeys.SSL
                + "truststore.location has to hold the authority of the registry's"
                + " certificate, the certificate the host of " + RegistryKeys.URL + ", and " + RegistryKeys.SSL
                + "keystore.location a key where the registry asks for one)";
    }

    /** Null if the answer is worth another try. */
    private static @Nullable Answer answer(HttpResponse<String> response) {
        int status = response.statusCode();
        if (status >= 500 || PASSING.contains(status)) {
            return null;
        }
        if (status / 100 != 2) {
            return new Answer(status, response.body(), new BsonDocument());
        }
        try {
            BsonDocument body = BsonDocument.parse(response.body());
            boolean isComplete = body.isString("schema") && body.isNumber("version") || body.isNumber("id");
            return isComplete ? new Answer(status, response.body(), body) : null;
        } catch (JsonParseException | BsonInvalidOperationException garbage) {
            return null;
        }
    }

    private void requireSuccess(String subject, Answer answer) {
        if (answer.status == 401 || answer.status == 403) {
            throw new ConnectException("The schema registry at " + access.url() + " does not let this connector read or"
                    + " register subject '" + subject + "': HTTP " + answer.status + " " + answer.quote() + ". Check "
                    + RegistryKeys.BASIC + " or " + RegistryKeys.BEARER + ", and what that user may do.");
        }
        if (answer.status / 100 != 2) {
            throw new ConnectException("The schema registry at " + access.url() + " cannot be asked about subject '"
                    + subject + "': HTTP " + answer.status + " " + answer.quote() + ". Check that " + RegistryKeys.URL
                    + " leads to Confluent's API; Apicurio has it at /apis/ccompat/v7.");
        }
    }

    private HttpRequest.Builder request(String subject, String path) {
        String name = URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(access.url() + "/subjects/" + name + path))
                .timeout(access.timeout())
                .header("Accept", CONTENT_TYPE + ", application/json")
                .header("Content-Type", CONTENT_TYPE);
        if (access.authorization() != null) {
            request.header("Authorization", access.authorization());
        }
        return request;
    }

    private void await(int repetition) {
        try {
            pause.of(access.backoff().pause(repetition, random));
        } catch (InterruptedException stopped) {
            throw interrupted(stopped);
        }
    }

    private ConnectException interrupted(InterruptedException stopped) {
        Thread.currentThread().interrupt();
        return new ConnectException(
                "The task was stopped while it waited for the schema registry at " + access.url() + ". Restart it.",
                stopped);
    }

    private void missed(String failure) {
        if (!isDown) {
            isDown = true;
            LOG.warn(
                    "The schema registry at {} does not answer: {}. Topics go on in the schemas that they have; a document that"
                            + " needs another one waits for {} repetitions.",
                    access.url(),
                    failure,
                    access.backoff().repetitions());
        }
    }

    private void seen() {
        if (isDown) {
            isDown = false;
            LOG.info("The schema registry at {} answers again", access.url());
        }
    }
}
