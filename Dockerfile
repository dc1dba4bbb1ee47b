# A hub from the jar that `mvn package` has made:
#   mvn -B package -Dmaven.test.skip && docker build -t relay-hub .
FROM eclipse-temurin:25-jre-noble AS layers
WORKDIR /layers
COPY target/relay-hub-*.jar relay-hub.jar
# The databases that the default profile brings are of no use here.
RUN java -Djarmode=tools -jar relay-hub.jar extract --layers --destination extracted \
    && rm extracted/dependencies/lib/embedded-postgres-binaries-*.jar

FROM eclipse-temurin:25-jre-noble
LABEL org.opencontainers.image.title="relay-hub" \
      org.opencontainers.image.licenses="Apache-2.0"
WORKDIR /opt/relay-hub
# What changes least comes first.
COPY --from=layers /layers/extracted/dependencies/ ./
COPY --from=layers /layers/extracted/snapshot-dependencies/ ./
COPY adapters/ adapters/
COPY deploy/image/alive ./
COPY --from=layers /layers/extracted/application/ ./
# Who is connected is the operator's, in a folder that is mounted: so the hub sees a file that is put in place of another.
RUN ln -sf /etc/relay-hub/parties.yaml adapters/parties.yaml \
    && install -d -o 10001 -g 10001 -m 700 /data
# Any profile but the default one. Each file of the folder of secrets is a setting, by its name.
ENV SPRING_PROFILES_ACTIVE=production \
    SPRING_CONFIG_ADDITIONAL_LOCATION=optional:file:/etc/relay-hub/ \
    SPRING_CONFIG_IMPORT=optional:configtree:/run/secrets/
# By number, so that an orchestrator sees that it is not root. The root may be read-only: the hub writes to /data alone.
USER 10001:10001
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=120s --retries=3 CMD ["/opt/relay-hub/alive"]
# JDK_JAVA_OPTIONS adds to these, and goes before them.
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=65", "-XX:+UseG1GC", "-XX:+ExitOnOutOfMemoryError", "-XX:-UsePerfData", "-XX:+ErrorFileToStderr", "-Djava.io.tmpdir=/data", "-jar", "relay-hub.jar"]
