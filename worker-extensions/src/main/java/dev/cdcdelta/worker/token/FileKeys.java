package dev.cdcdelta.worker.token;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keys of a file that is read at each call: it is small, and a withdrawn key must not live on in a cache. */
record FileKeys(Path file) implements JWKSource<SecurityContext> {
    @Override
    public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) throws KeySourceException {
        try {
            return selector.select(JWKSet.parse(Files.readString(file)));
        } catch (IOException e) {
            throw new KeySourceException("The file of keys " + file + " cannot be read: " + e, e);
        } catch (ParseException e) {
            throw new KeySourceException("The file " + file + " is no set of keys (JWKS).", e);
        }
    }
}
