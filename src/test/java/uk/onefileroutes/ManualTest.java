package uk.onefileroutes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The manual holds together: README, src/docs and the pages for contributors. */
class ManualTest {
  private static final Path README = Path.of("README.md");
  private static final Path DOCS = Path.of("src/docs");

  @Test
  void everyLinkLeadsSomewhere() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path page : pages()) {
      broken.addAll(ManualLinks.broken(page));
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void aLinkThatLeadsNowhereIsFound(@TempDir Path folder) throws IOException {
    Path page = folder.resolve("page.md");
    Files.writeString(
        page, "# One\n[a](#one) [b](#two) [c](other.md) [d](https://example.org) `[e](no)`\n");

    assertThat(ManualLinks.broken(page))
        .containsExactly(page + ": #two leads to no heading", page + ": other.md leads to no file");
  }

  @Test
  void everyPageIsReachedFromTheReadme() throws IOException {
    String readme = Files.readString(README);
    try (Stream<Path> pages = Files.list(DOCS)) {
      assertThat(pages.filter(page -> page.toString().endsWith(".md")))
          .allSatisfy(page -> assertThat(readme).contains("](" + page));
    }
  }

  @Test
  void everyDecisionIsInTheirIndex() throws IOException {
    String index = Files.readString(DOCS.resolve("decisions/README.md"));
    try (Stream<Path> decisions = Files.list(DOCS.resolve("decisions"))) {
      assertThat(decisions.map(page -> page.getFileName().toString()))
          .filteredOn(name -> !name.equals("README.md"))
          .hasSizeGreaterThan(20)
          .allSatisfy(name -> assertThat(index).contains("](" + name + ")"));
    }
  }

  /** Classes and tests by name, in the page that says who decides what. */
  @Test
  void everyClassThatTheArchitectureNamesIsThere() throws IOException {
    String page = Files.readString(DOCS.resolve("architecture.md"));
    List<String> files;
    try (Stream<Path> sources = Files.walk(Path.of("src"))) {
      files = sources.map(Path::toString).filter(file -> file.endsWith(".java")).toList();
    }
    List<String> named =
        Pattern.compile("`((?:[a-z]+\\.)?[A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*)`")
            .matcher(page)
            .results()
            .map(match -> match.group(1))
            .distinct()
            .toList();
    assertThat(named)
        .hasSizeGreaterThan(60)
        .allSatisfy(
            name ->
                assertThat(files)
                    .anyMatch(file -> file.endsWith("/" + name.replace('.', '/') + ".java")));
  }

  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>(List.of(README));
    for (Path folder : List.of(DOCS, Path.of(".github"))) {
      try (Stream<Path> found = Files.walk(folder)) {
        found.filter(page -> page.toString().endsWith(".md")).forEach(pages::add);
      }
    }
    return pages;
  }
}
