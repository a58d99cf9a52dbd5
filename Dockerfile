# The image of what "mvn verify" built; it builds nothing itself. src/docs/install.md has how to run it.
FROM eclipse-temurin:21.0.11_10-jre-noble

LABEL org.opencontainers.image.title="Onefile Assignment Routes" \
      org.opencontainers.image.description="Applies assignment files of a training provider's MIS in Onefile Eportfolio" \
      org.opencontainers.image.licenses="Apache-2.0"

ENV LANG=C.UTF-8

# a volume takes over who owns the folder
RUN install -d -o 10001 -g 10001 -m 0750 /data
VOLUME /data

# what changes least comes first; beside the jar, where it is looked for
COPY target/lib /opt/onefile-assignment-routes/lib
COPY LICENSE /opt/onefile-assignment-routes/LICENSE
COPY target/onefile-assignment-routes.jar /opt/onefile-assignment-routes/onefile-assignment-routes.jar
COPY routes /opt/onefile-assignment-routes/routes
COPY config /opt/onefile-assignment-routes/config

WORKDIR /opt/onefile-assignment-routes
USER 10001:10001

# health, metrics, commands; console. Both listen on the container's loopback until MANAGEMENT_HOST says otherwise
EXPOSE 8080 8081

STOPSIGNAL SIGTERM
# status asks the instance on its management port: 0 where it answers
HEALTHCHECK --interval=60s --timeout=30s --start-period=90s --retries=3 \
  CMD ["java", "-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-jar", "/opt/onefile-assignment-routes/onefile-assignment-routes.jar", "--data", "/data", "status"]

# JAVA_TOOL_OPTIONS is left to the person who runs it
ENTRYPOINT ["java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:MaxRAMPercentage=60", "-Xms64m", "-Xmn24m", "-XX:+ExitOnOutOfMemoryError", "-jar", "/opt/onefile-assignment-routes/onefile-assignment-routes.jar", "--data", "/data"]
CMD ["run"]
