package uk.onefileroutes.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import uk.onefileroutes.config.Folders;

/** The options that name the folders of an instance. */
final class FolderOptions {
  @Option(
      names = "--config",
      scope = ScopeType.INHERIT,
      paramLabel = "DIR",
      description = "Keys and feeds; by default ./config, else the one beside the jar.")
  private @Nullable Path config;

  @Option(
      names = "--routes",
      scope = ScopeType.INHERIT,
      paramLabel = "DIR",
      description = "Camel routes; by default ./routes, else the one beside the jar.")
  private @Nullable Path routes;

  @Option(
      names = "--data",
      scope = ScopeType.INHERIT,
      paramLabel = "DIR",
      description = "Everything that is written; by default ./data.")
  private @Nullable Path data;

  Folders folders() {
    return Folders.of(config, routes, data);
  }
}
