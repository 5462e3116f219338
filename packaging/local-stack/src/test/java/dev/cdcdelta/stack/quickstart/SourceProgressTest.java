package dev.cdcdelta.stack.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SourceProgressTest {
    @Test
    void readsTheClusterTimeFromDebeziumsToken() {
        // {_data: "826B02D238000000022B0229296E04"} as BSON
        String token = "LwAAAAJfZGF0YQAfAAAAODI2QjAyRDIzODAwMDAwMDAyMkIwMjI5Mjk2RTA0AAA=";
        assertThat(SourceProgress.clusterTimeOf(token)).isEqualTo(0x6B02D23800000002L);
    }
}
