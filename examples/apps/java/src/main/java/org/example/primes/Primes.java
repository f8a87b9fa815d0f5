package org.example.primes;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** Says which prime comes next. */
public final class Primes {
    public static void main(String[] args) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(8080), 0);
        server.createContext("/", exchange -> {
            String text = exchange.getRequestURI().getPath().substring(1);
            boolean number = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
            String answer = number ? new BigInteger(text).nextProbablePrime() + "\n" : "not a number\n";
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(number ? 200 : 400, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        System.out.println("listening on 8080");
    }
}
