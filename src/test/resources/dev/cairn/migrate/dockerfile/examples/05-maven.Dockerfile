FROM maven:3.9-eclipse-temurin-17 AS build
WORKDIR /build
COPY pom.xml .
RUN mvn -q dependency:go-offline
COPY src ./src
RUN mvn -q package -DskipTests

FROM eclipse-temurin:17-jre
RUN apt-get update \
 && apt-get install -y --no-install-recommends fontconfig tini \
 && apt-get clean \
 && rm -rf /var/lib/apt/lists/* /tmp/*
COPY --from=build /build/target/app.jar /app.jar
ENTRYPOINT ["tini", "--", "java", "-jar", "/app.jar"]
