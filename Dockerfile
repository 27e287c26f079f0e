# The sample as an image. Build the jar first:
#   mvn -q -DskipTests package
#   docker build -t sample-daemon .
#   docker run --rm sample-daemon --sqs-queue-url <url>
# The embedded broker is for development and stays out: for the demonstration, run the jar.

FROM eclipse-temurin:21-jre AS layers
WORKDIR /build
COPY sample-daemon/target/sample-daemon.jar sample-daemon.jar
RUN java -Djarmode=tools -jar sample-daemon.jar extract --layers --destination layers

FROM eclipse-temurin:21-jre
WORKDIR /app
# What changes least comes first. Not here: the layer local-broker.
COPY --from=layers /build/layers/dependencies/ ./
COPY --from=layers /build/layers/spring-boot-loader/ ./
COPY --from=layers /build/layers/snapshot-dependencies/ ./
COPY --from=layers /build/layers/application/ ./
ENV PUBSUB_LOCAL_ENABLED=false
USER 10001:10001
# No shell in between, so that SIGTERM reaches the JVM.
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=75", "-XX:+ExitOnOutOfMemoryError", "-jar", "sample-daemon.jar"]
