package dev.cairn.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.mapping.UpstreamImage.Known;
import dev.cairn.oci.Reference;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageNamesTest {
    @ParameterizedTest
    @CsvSource({
        // reference, name, version, java, variant, distribution, release
        "python:3.10, python, 3.10, '', '', debian, ''",
        "python:3.10.4-slim-bookworm, python, 3.10.4, '', '', debian, bookworm",
        "python:3.9-alpine3.18, python, 3.9, '', '', alpine, 3.18",
        "python, python, '', '', '', debian, ''",
        "golang:alpine, go, '', '', '', alpine, ''",
        "golang:1.20, go, 1.20, '', '', debian, ''",
        "node:lts-slim, node, lts, '', '', debian, ''",
        "node:gallium, node, 16, '', '', debian, ''",
        "php:8.2-fpm-alpine, php, 8.2, '', fpm, alpine, ''",
        "php:8.2-apache, php, 8.2, '', apache, debian, ''",
        "php:8.2-cli, php, 8.2, '', '', debian, ''",
        "openjdk:21, jdk, 21, '', '', rhel, ''",
        "openjdk:8-jre-alpine, jre, 8, '', '', alpine, ''",
        "openjdk:8u212-jdk-slim, jdk, 8, '', '', debian, ''",
        "openjdk:11, jdk, 11, '', '', debian, ''",
        "eclipse-temurin:17.0.2_8-jre-jammy, jre, 17.0.2, '', '', ubuntu, jammy",
        "maven:3-eclipse-temurin-17, maven, 3, 17, '', ubuntu, ''",
        "maven:3.8.6-openjdk-11-slim, maven, 3.8.6, 11, '', debian, ''",
        "maven:3-jdk-8-alpine, maven, 3, 8, '', alpine, ''",
        "gradle:7.4-jdk17, gradle, 7.4, 17, '', ubuntu, ''",
        "tomcat:9.0-jre11-temurin, tomcat, 9.0, 11, '', ubuntu, ''",
        "rabbitmq:3.12-management, rabbitmq, 3.12, '', management, ubuntu, ''",
        "postgres:15-alpine, postgres, 15, '', '', alpine, ''",
        "mcr.microsoft.com/dotnet/sdk:8.0-alpine, dotnet-sdk, 8.0, '', '', alpine, ''",
        "microsoft/dotnet:2.1-aspnetcore-runtime, aspnet-runtime, 2.1, '', '', debian, ''",
        "gcr.io/distroless/java17-debian12:nonroot, jre, 17, '', '', debian, 12",
        "gcr.io/distroless/static-debian12, static, '', '', '', debian, ''",
        "bitnami/redis:7.2.4-debian-11-r5, redis, 7.2.4, '', '', debian, ''",
        "public.ecr.aws/docker/library/ruby:3.1, ruby, 3.1, '', '', debian, ''",
        "docker.io/library/nginx:1.25.3, nginx, 1.25.3, '', '', debian, ''",
        "quay.io/prometheus/node-exporter:v1.7.0, prometheus-node-exporter, 1.7.0, '', '', '', ''",
        "amazoncorretto:17-al2023-headless, jdk, 17, '', '', rhel, 2023",
    })
    void recognisesPublicImages(
            String reference,
            String name,
            String version,
            String java,
            String variant,
            String distribution,
            String release) {
        assertThat(ImageNames.identify(Reference.parse(reference)))
                .isEqualTo(new Known(
                        name,
                        version,
                        Optional.of(java).filter(text -> !text.isEmpty()),
                        variant,
                        Distribution.parse(distribution),
                        release,
                        false));
    }

    @ParameterizedTest
    @CsvSource({
        "alpine:3.18, alpine, 3.18",
        "debian:bookworm-slim, debian, bookworm",
        "debian:12, debian, 12",
        "ubuntu:22.04, ubuntu, 22.04",
        "centos:7, rhel, 7",
        "registry.access.redhat.com/ubi9/ubi-minimal:9.3, rhel, 9.3",
        "fedora:39, fedora, 39",
        "rockylinux:9-minimal, rhel, 9",
    })
    void aBareDistributionIsTheBase(String reference, String distribution, String release) {
        assertThat(ImageNames.identify(Reference.parse(reference)))
                .isEqualTo(
                        new Known("base", "", Optional.empty(), "", Distribution.parse(distribution), release, true));
    }

    @ParameterizedTest
    @CsvSource({
        "registry.example.com/team/python:3.10-alpine, alpine",
        "myco/python:3.10, ''",
        "registry:5000/team/python, ''",
        "localhost:5000/nginx, ''",
        "me/node:18-bookworm, debian",
        "buildpack-deps-like, ''",
    })
    void inHouseImagesAreLeftAlone(String reference, String distribution) {
        assertThat(ImageNames.identify(Reference.parse(reference)))
                .isEqualTo(new UpstreamImage.Foreign(Distribution.parse(distribution)));
    }

    @Test
    void scratchAndWindowsAreNoCase() {
        assertThat(ImageNames.identify(Reference.parse("scratch"))).isEqualTo(new UpstreamImage.Excluded("scratch"));
        assertThat(ImageNames.identify(Reference.parse("golang:1.20-windowsservercore-ltsc2022")))
                .isEqualTo(new UpstreamImage.Excluded("windows"));
        assertThat(ImageNames.identify(Reference.parse("mcr.microsoft.com/windows/servercore:ltsc2022")))
                .isEqualTo(new UpstreamImage.Excluded("windows"));
    }

    private static final Catalogue LISTED = new RegistryCatalogue(
            name -> Map.of(
                            "python", List.of("3.10", "3.10-dev", "3.11", "3.11-dev", "latest", "latest-dev"),
                            "go", List.of("1.20.14", "1.20.14-dev", "1.21", "1.21-dev", "1.2"),
                            "ruby", List.of("3", "3.0", "3.2.1", "3.2.9", "3.3"),
                            "jdk", List.of("openjdk-17", "openjdk-17-dev", "openjdk-21", "openjdk-21-dev"),
                            "node", List.of("20", "22", "22.4"),
                            "php", List.of("8.2", "8.2-fpm", "8.3-fpm"),
                            "maven", List.of("3.9-openjdk-17", "3.9-openjdk-21"),
                            "base", List.of("latest"))
                    .getOrDefault(name, List.of()),
            Optional.of(Distribution.WOLFI));

    @ParameterizedTest
    @CsvSource({
        "python:3.10, true, python:3.10-dev exact",
        "python:3.10.4-slim, true, python:3.10-dev in line",
        "python, false, python:latest exact",
        "python:3.12, false, no python 3.12; nearest 3.11 3.10",
        "golang:1.20, true, go:1.20.14-dev in line",
        "golang:1.20.3, false, go:1.20.14 in line",
        "golang:1.22, true, no go 1.22; nearest 1.21 1.20.14",
        "ruby:3.1, false, no ruby 3.1; nearest 3.2.9 3.2.1 3.0",
        "ruby:3.2, false, ruby:3.2.9 in line",
        "ruby:3, false, ruby:3 exact",
        "ruby:3.2.4, false, ruby:3.2.9 in line",
        "ruby:3.1, true, no ruby 3.1; nearest",
        "openjdk:21, true, jdk:openjdk-21-dev exact",
        "openjdk:17.0.2, true, jdk:openjdk-17-dev in line",
        "openjdk:11, false, no jdk 11; nearest openjdk-17 openjdk-21",
        "openjdk:17-jre, false, no image jre",
        "node:20.11.1, false, node:20 in line",
        "node:lts, false, no node lts; nearest 22 20 22.4",
        "node:18, false, no node 18; nearest 20 22 22.4",
        "php:8.2-fpm-alpine, false, php:8.2-fpm exact",
        "php:8.3, false, no php 8.3; nearest 8.2",
        "php:8.2-apache, false, no php 8.2-apache; nearest",
        "maven:3-eclipse-temurin-17, false, maven:3.9-openjdk-17 in line",
        "maven:3-eclipse-temurin-11, false, no maven 3-openjdk-11; nearest",
        "alpine:3.18, true, base:latest exact",
        "nginx, false, no image nginx",
    })
    void aVersionIsFoundOrRefusedNeverBumped(String reference, boolean dev, String expected) {
        Known known = (Known) ImageNames.identify(Reference.parse(reference));
        assertThat(text(LISTED.choose(known, dev))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "alpine:3.18, base:latest exact",
        "golang:1.20, go:1.20-dev exact",
        "python:3.10, python:3.10-dev exact",
        "ruby:3.1, ruby:3.1-dev exact",
        "openjdk:21, jdk:openjdk-21-dev exact",
        "python:3.10.4, python:3.10-dev in line",
        "maven:3-eclipse-temurin-17, maven:3-openjdk-17-dev exact",
        "php:8.2-fpm, php:8.2-fpm-dev exact",
        "nginx, nginx:latest-dev exact",
    })
    void theBuiltInCatalogueTakesVersionsOver(String reference, String expected) {
        Known known = (Known) ImageNames.identify(Reference.parse(reference));
        assertThat(text(new BuiltInCatalogue(Distribution.WOLFI).choose(known, true)))
                .isEqualTo(expected);
    }

    private static String text(Choice choice) {
        return switch (choice) {
            case Choice.Found(String name, String tag, boolean exact) ->
                name + ":" + tag + (exact ? " exact" : " in line");
            case Choice.NoVersion(String name, String wanted, List<String> nearest) ->
                ("no " + name + " " + wanted + "; nearest " + String.join(" ", nearest)).strip();
            case Choice.NoImage(String name) -> "no image " + name;
        };
    }
}
