package dev.cdcdelta.reconcile.range;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.reconcile.Seed;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RangeDigestTest {
    @Test
    void theSumIsThatOfNumbersOf128BitsInAnyOrder() {
        Random random = Seed.random(this);
        BigInteger sum = BigInteger.ZERO;
        List<ContentHash> hashes = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            byte[] bytes = new byte[16];
            random.nextBytes(bytes);
            hashes.add(ContentHash.of(bytes));
            sum = sum.add(new BigInteger(1, bytes));
        }
        RangeDigest one = digest(hashes);
        Collections.shuffle(hashes, random);
        byte[] expected = sum.mod(BigInteger.ONE.shiftLeft(128)).toByteArray();
        ByteBuffer last = ByteBuffer.wrap(expected).position(Math.max(0, expected.length - 16));
        ContentHash low = new ContentHash(last.getLong(), last.getLong());

        assertThat(one.matches(digest(hashes))).isTrue();
        assertThat(one).hasToString("1000 documents, " + low);
    }

    @Test
    void rowsThatAreThereTwiceDoNotCancelEachOther() {
        ContentHash hash = new ContentHash(1, 2);
        assertThat(digest(List.of(hash, hash)).matches(digest(List.of()))).isFalse();
        assertThat(digest(List.of(hash, hash)).matches(digest(List.of(hash)))).isFalse();
        assertThat(digest(List.of(new ContentHash(1, 0), new ContentHash(1, 4))).matches(digest(List.of(hash, hash))))
                .as("sums may collide only for sums of hashes that nobody chooses")
                .isTrue();
    }

    @Test
    void aRowWithoutHashIsNoDocument() {
        RangeDigest foreign = new RangeDigest();
        foreign.addForeign();
        assertThat(foreign.matches(digest(List.of(new ContentHash(5, 5))))).isFalse();
    }

    private static RangeDigest digest(List<ContentHash> hashes) {
        RangeDigest digest = new RangeDigest();
        hashes.forEach(digest::add);
        return digest;
    }
}
