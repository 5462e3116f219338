package dev.cdcdelta.worker.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.worker.identity.WorkerRoutes;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.connect.runtime.rest.resources.ConnectorsResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTableTest {
    @Test
    void listsExactlyTheRoutesOfTheWorker() throws Exception {
        Path runtime = Path.of(ConnectorsResource.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Set<String> listed = RouteTable.ROUTES.stream()
                .map(route -> route.method() + " " + route.template())
                .collect(Collectors.toSet());
        assertThat(listed).isEqualTo(WorkerRoutes.of(runtime, getClass().getClassLoader()));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, connectors, /connectors,",
        "GET, connectors/, /connectors,",
        "HEAD, /connectors/a/status, /connectors/{connector}/status, a",
        "GET, connectors/a%2Fb/config, /connectors/{connector}/config, a/b",
        "GET, connectors/a+b%20c, /connectors/{connector}, a+b c",
        "PUT, connectors/a/topics/reset, /connectors/{connector}/topics/reset, a",
        "GET, '', /,",
    })
    void findsTheRouteAndTheConnector(String method, String path, String template, String connector) {
        Match match = RouteTable.find(method, path).orElseThrow();
        assertThat(match.route().template()).isEqualTo(template);
        assertThat(match.connector()).isEqualTo(connector);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "connectors;a=b",
                "connectors/a;b/config",
                "%63onnectors",
                "connectors//config",
                "Connectors",
                "application.wadl",
                "connectors/a/status/b"
            })
    void doesNotFindWhatIsNotListed(String path) {
        assertThat(RouteTable.find("GET", path)).isEmpty();
        assertThat(RouteTable.find("OPTIONS", "connectors")).isEmpty();
    }
}
