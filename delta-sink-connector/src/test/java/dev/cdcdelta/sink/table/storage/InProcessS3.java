package dev.cdcdelta.sink.table.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import org.gaul.s3proxy.AccessGrant;
import org.gaul.s3proxy.S3ErrorCode;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.S3ProxyException;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** An S3 server in this process, in memory, with signatures; it writes down the requests and fails where it is told to. */
public final class InProcessS3 implements AutoCloseable {
    private static final String ACCESS_KEY = "test-access";
    private static final String SECRET_KEY = "test-secret";

    /** Requests as "METHOD key". */
    public final List<String> requests = new CopyOnWriteArrayList<>();

    private final Map<String, String> secrets = new ConcurrentHashMap<>(Map.of(ACCESS_KEY, SECRET_KEY));
    private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
    private final AtomicInteger gets = new AtomicInteger();
    private final BlobStore store = new TransientNio2BlobStore();
    private final S3Proxy server;
    private volatile Predicate<String> unlisted = key -> false;
    private final List<S3Object> ghosts = new CopyOnWriteArrayList<>();

    /** What happens to a PUT. */
    public enum Fault {
        NONE,
        /** Stored, but the client is told of a server error. */
        LOST_ACKNOWLEDGEMENT,
        /** Refused because another conditional request for the same key is in progress. */
        CONFLICT,
        /** Refused because the server is busy. */
        BUSY,
        /** Refused for want of the right to write. */
        DENIED
    }

    public InProcessS3(String bucket) throws Exception {
        this(bucket, builder -> builder.endpoint(URI.create("http://127.0.0.1:0")));
    }

    private InProcessS3(String bucket, UnaryOperator<S3Proxy.Builder> endpoint) throws Exception {
        store.createContainer(CreateBucketRequest.builder().bucket(bucket).build());
        BlobStore faulty = new FaultyStore(store);
        server = endpoint.apply(S3Proxy.builder())
                .blobStore(faulty)
                .awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY, SECRET_KEY)
                .ignoreUnknownHeaders(true)
                .build();
        server.setBlobStoreLocator((accessKey, container, blob) -> {
            String secret = secrets.get(accessKey);
            return secret == null ? null : new AccessGrant(secret, faulty);
        });
        server.start();
    }

    /** A server that is spoken to over TLS only. */
    public static InProcessS3 encrypted(String bucket, SSLContext context) throws Exception {
        return new InProcessS3(
                bucket,
                builder -> builder.secureEndpoint(URI.create("https://127.0.0.1:0"))
                        .sslContext(context));
    }

    public Map<String, String> options() {
        String endpoint = server.getPort() >= 0
                ? "http://127.0.0.1:" + server.getPort()
                : "https://127.0.0.1:" + server.getSecurePort();
        return Map.of("fs.s3a.endpoint", endpoint, "fs.s3a.access.key", ACCESS_KEY, "fs.s3a.secret.key", SECRET_KEY);
    }

    /** From here on the server takes signatures of this key, too. */
    public void admit(String accessKey, String secretKey) {
        secrets.put(accessKey, secretKey);
    }

    /** From here on only keys that were admitted are taken. */
    public void refuseItsOwnKeys() {
        secrets.remove(ACCESS_KEY);
    }

    /** The PUTs after these are sound again. */
    public void failNextPuts(Fault... next) {
        faults.clear();
        faults.addAll(List.of(next));
    }

    /** So many requests that read are answered with 503 before it is sound again. */
    public void failNextReads(int count) {
        gets.set(count);
    }

    /** Listings leave these keys out, as if they had not heard of them yet. */
    public void unlist(Predicate<String> keys) {
        unlisted = keys;
    }

    /** Listings go on to show the object, which is deleted here and now. */
    public void deleteUnnoticed(String bucket, String key) {
        store.list(ListObjectsV2Request.builder().bucket(bucket).prefix(key).build()).contents().stream()
                .filter(object -> object.key().equals(key))
                .forEach(ghosts::add);
        store.removeBlob(bucket, key);
    }

    /** Listings are true again. */
    public void listTruly() {
        unlisted = key -> false;
        ghosts.clear();
    }

    /** With all that is in it. */
    public void removeBucket(String bucket) {
        store.deleteContainer(bucket);
    }

    public void createBucket(String bucket) {
        store.createContainer(bucket);
    }

    private static RuntimeException busy() {
        return S3Exception.builder()
                .statusCode(503)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode("SlowDown")
                        .errorMessage("please reduce your request rate")
                        .build())
                .build();
    }

    private void failIfToldTo() {
        if (gets.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw busy();
        }
    }

    @Override
    public void close() throws Exception {
        server.stop();
    }

    private final class FaultyStore extends ForwardingBlobStore {
        FaultyStore(BlobStore store) {
            super(store);
        }

        @Override
        public PutObjectResponse putBlob(PutObjectRequest request, InputStream body) {
            requests.add("PUT " + request.key());
            Fault now = Objects.requireNonNullElse(faults.poll(), Fault.NONE);
            if (now != Fault.NONE && now != Fault.LOST_ACKNOWLEDGEMENT) {
                drain(body);
            }
            if (now == Fault.DENIED) {
                throw new S3ProxyException(S3ErrorCode.ACCESS_DENIED);
            }
            if (now == Fault.BUSY) {
                throw busy();
            }
            if (now == Fault.CONFLICT) {
                throw S3Exception.builder()
                        .statusCode(409)
                        .awsErrorDetails(AwsErrorDetails.builder()
                                .errorCode("ConditionalRequestConflict")
                                .errorMessage("another conditional request is in progress")
                                .build())
                        .build();
            }
            PutObjectResponse response = super.putBlob(request, body);
            if (now == Fault.LOST_ACKNOWLEDGEMENT) {
                throw new S3ProxyException(S3ErrorCode.INTERNAL_ERROR);
            }
            return response;
        }

        /** A client whose body is left unread may meet a closed connection instead of the answer. */
        private static void drain(InputStream body) {
            try {
                body.transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public HeadObjectResponse blobMetadata(HeadObjectRequest request) {
            requests.add("HEAD " + request.key());
            failIfToldTo();
            return super.blobMetadata(request);
        }

        @Override
        public ResponseInputStream<GetObjectResponse> getBlob(GetObjectRequest request) {
            requests.add("GET " + request.key());
            failIfToldTo();
            return super.getBlob(request);
        }

        @Override
        public DeleteObjectResponse removeBlob(DeleteObjectRequest request) {
            requests.add("DELETE " + request.key());
            return super.removeBlob(request);
        }

        @Override
        public ListObjectsV2Response list(ListObjectsV2Request request) {
            requests.add("LIST " + request.prefix());
            failIfToldTo();
            ListObjectsV2Response listed = super.list(request);
            List<S3Object> shown = new ArrayList<>(listed.contents());
            shown.removeIf(object -> unlisted.test(object.key()));
            String prefix = Objects.requireNonNullElse(request.prefix(), "");
            ghosts.stream().filter(ghost -> ghost.key().startsWith(prefix)).forEach(shown::add);
            shown.sort(Comparator.comparing(S3Object::key));
            return listed.toBuilder().contents(shown).keyCount(shown.size()).build();
        }
    }
}
