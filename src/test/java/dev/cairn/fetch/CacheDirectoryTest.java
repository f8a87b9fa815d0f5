package dev.cairn.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CacheDirectoryTest {
    @Test
    void isWhereTheEnvironmentSays() {
        assertThat(root(Map.of("CAIRN_CACHE", "/c", "XDG_CACHE_HOME", "/x", "HOME", "/h")))
                .isEqualTo("/c");
        assertThat(root(Map.of("XDG_CACHE_HOME", "/x", "HOME", "/h"))).isEqualTo("/x/cairn");
        assertThat(root(Map.of("XDG_CACHE_HOME", "relative", "HOME", "/h"))).isEqualTo("/h/.cache/cairn");
        assertThat(root(Map.of("CAIRN_CACHE", "", "XDG_CACHE_HOME", "", "HOME", "/h")))
                .isEqualTo("/h/.cache/cairn");
    }

    @Test
    void proxiesAreThoseOfTheEnvironment() {
        Proxies proxies = Proxies.of(Map.of(
                "http_proxy", "http://web:3128",
                "HTTPS_PROXY", "secure:3129",
                "no_proxy", "localhost, .example.org,intern:8080"));

        assertThat(proxies.proxyFor(URI.create("http://a.example/"))).hasToString("http://web:3128");
        assertThat(proxies.proxyFor(URI.create("https://a.example/"))).hasToString("http://secure:3129");
        assertThat(proxies.proxyFor(URI.create("http://localhost:99/"))).isNull();
        assertThat(proxies.proxyFor(URI.create("http://www.EXAMPLE.org/"))).isNull();
        assertThat(proxies.proxyFor(URI.create("http://notexample.org/"))).isNotNull();
        assertThat(proxies.proxyFor(URI.create("http://intern:8080/"))).isNull();
        assertThat(proxies.proxyFor(URI.create("http://intern/"))).isNotNull();
        assertThat(Proxies.of(Map.of("all_proxy", "http://p", "no_proxy", "*"))
                        .proxyFor(URI.create("http://a.example/")))
                .isNull();
        assertThatThrownBy(() -> Proxies.of(Map.of("http_proxy", "socks5://me:secret@host")))
                .isInstanceOf(FetchException.class)
                .hasMessageNotContaining("secret");
    }

    private static String root(Map<String, String> environment) {
        Path root = CacheDirectory.of(environment).root();
        return root.toString();
    }
}
