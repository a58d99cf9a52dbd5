package uk.onefileroutes.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** The image that Maven makes is that of the Dockerfile: neither can read what the other says. */
class ImageProfileTest {
  private static final XPath PATHS = XPathFactory.newInstance().newXPath();
  private static final String PROFILE = "/project/profiles/profile[id='image']";
  private static final String CONTAINER = PROFILE + "//plugin/configuration/container";

  private static DockerfileText dockerfile;
  private static Document pom;

  @BeforeAll
  static void read() throws Exception {
    dockerfile = new DockerfileText();
    pom =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(Path.of("pom.xml").toFile());
  }

  @Test
  void itStartsWithTheSameCommandOnTheSameBase() throws Exception {
    assertThat(texts(CONTAINER + "/entrypoint/arg")).isEqualTo(dockerfile.words("ENTRYPOINT"));
    assertThat(texts(CONTAINER + "/args/arg")).isEqualTo(dockerfile.words("CMD"));
    assertThat(texts(PROFILE + "/properties/image.base")).containsExactly(dockerfile.after("FROM"));
  }

  @Test
  void itIsTheSameUserInTheSamePlaceWithTheSamePortsAndVolume() throws Exception {
    assertThat(texts(CONTAINER + "/user")).containsExactly(dockerfile.after("USER"));
    assertThat(texts(CONTAINER + "/ports/port")).isEqualTo(dockerfile.ports());
    assertThat(texts(CONTAINER + "/volumes/volume")).containsExactly(dockerfile.after("VOLUME"));
    assertThat(texts(PROFILE + "/properties/image.home"))
        .containsExactly(dockerfile.after("WORKDIR"));
    assertThat(texts(CONTAINER + "/workingDirectory")).containsExactly("${image.home}");
    assertThat(dockerfile.after("ENV"))
        .isEqualTo("LANG=" + texts(CONTAINER + "/environment/LANG").get(0));
  }

  /** Of a file Jib wants its folder and its name apart. */
  @Test
  void itHoldsTheSameFilesInTheSameOrder() throws Exception {
    String path = PROFILE + "//extraDirectories/paths/path";
    List<String> copied = new ArrayList<>();
    for (int i = 1; i <= texts(path + "/from").size(); i++) {
      String from = texts(path + "[" + i + "]/from").get(0);
      String into =
          texts(path + "[" + i + "]/into")
              .get(0)
              .replace("${image.home}", dockerfile.after("WORKDIR"));
      List<String> file = texts(path + "[" + i + "]/includes/include");
      copied.add(
          file.isEmpty()
              ? from + " " + into
              : (from + "/" + file.get(0)).replaceFirst("^\\./", "")
                  + " "
                  + into
                  + "/"
                  + file.get(0));
    }
    assertThat(copied).hasSize(5).isEqualTo(dockerfile.all("COPY"));
  }

  private static List<String> texts(String path) throws XPathExpressionException {
    NodeList found = (NodeList) PATHS.evaluate(path, pom, XPathConstants.NODESET);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      texts.add(found.item(i).getTextContent().strip());
    }
    return texts;
  }
}
