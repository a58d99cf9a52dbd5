package uk.onefileroutes.table;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.FileCode;

/**
 * One XML part of a workbook, read as a stream. No document type, no entity of the sender's,
 * nothing from elsewhere; what is too long or too deep is refused. Not thread-safe.
 */
final class XmlPart implements Closeable {
  private static final int MAX_DEPTH = 64;
  private static final int MAX_NAMES = 2_000; // a sheet has about fifty

  /**
   * The JDK counts escaped characters as entities, and from Java 24 on allows few of them: a sheet
   * of names has more. There are no others without a document type, so that the bytes are the
   * bound.
   */
  private static final List<String> LIMITS_OF_ENTITIES =
      List.of(
          "jdk.xml.entityExpansionLimit",
          "jdk.xml.entityReplacementLimit",
          "jdk.xml.maxGeneralEntitySizeLimit",
          "jdk.xml.totalEntitySizeLimit");

  private static final String SAVE_AGAIN = "Save the workbook again in Excel, or send CSV.";

  private final BoundedXml bytes;
  private final XMLStreamReader reader;
  private final Set<String> names = new HashSet<>();
  private int depth;

  /**
   * @param most bytes that may be read
   */
  XmlPart(InputStream in, long most) throws UnreadableFile, IOException {
    this.bytes = new BoundedXml(in, most);
    try {
      XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
      factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
      factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
      for (String limit : LIMITS_OF_ENTITIES) {
        factory.setProperty(limit, "0");
      }
      this.reader = factory.createXMLStreamReader(bytes, StandardCharsets.UTF_8.name());
    } catch (XMLStreamException | RuntimeException e) {
      bytes.close();
      throw failure();
    }
  }

  /** The next event, one of {@link XMLStreamConstants}. */
  int next() throws UnreadableFile, IOException {
    int event;
    try {
      event = reader.next();
    } catch (XMLStreamException | RuntimeException e) { // hostile text finds its faults too
      throw failure();
    }
    if (event == XMLStreamConstants.START_ELEMENT) {
      remember();
      if (++depth > MAX_DEPTH) {
        throw damaged("its XML is too deep");
      }
    } else if (event == XMLStreamConstants.END_ELEMENT) {
      depth--;
    } else if (event == XMLStreamConstants.DTD) {
      throw damaged("its XML has a document type");
    }
    return event;
  }

  /** The parser keeps each name that it meets. */
  private void remember() throws UnreadableFile {
    names.add(reader.getLocalName());
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      names.add(reader.getAttributeLocalName(i));
    }
    if (names.size() > MAX_NAMES) {
      throw damaged("its XML has too many names");
    }
  }

  /** Goes to the next beginning of an element; false at the end of the part. */
  boolean toElement() throws UnreadableFile, IOException {
    while (true) {
      int event = next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        return true;
      }
      if (event == XMLStreamConstants.END_DOCUMENT) {
        return false;
      }
    }
  }

  /** Goes to the beginning of the element of a name with this number among all, from 0. */
  void toElement(String name, int number) throws UnreadableFile, IOException {
    int found = -1;
    while (found < number && toElement()) {
      found += name().equals(name) ? 1 : 0;
    }
  }

  /** The local name of the element that has just begun or ended. */
  String name() {
    return reader.getLocalName();
  }

  /** An attribute of the element that has just begun, by its local name without any prefix. */
  @Nullable String attribute(String name) {
    return reader.getAttributeValue(null, name);
  }

  /** The attribute {@code r:id}, whatever its namespace: the standard's two flavours differ. */
  @Nullable String relationship() {
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      String namespace = reader.getAttributeNamespace(i);
      if (namespace != null
          && !namespace.isEmpty()
          && reader.getAttributeLocalName(i).equals("id")) {
        return reader.getAttributeValue(i);
      }
    }
    return null;
  }

  /** The text of an event of characters. */
  String text() {
    return reader.getText();
  }

  /** How many bytes were read. */
  long used() {
    return bytes.used();
  }

  private UnreadableFile failure() throws IOException {
    IOException own = bytes.failure();
    if (own != null) {
      throw own;
    }
    return bytes.isTooMuch()
        ? new UnreadableFile(
            FileCode.TOO_LARGE,
            "Unpacked, the workbook is too large for the feed's limit.bytes, or one of its texts is"
                + " far too long.",
            0,
            "Send it in parts, remove what is no data, or raise the feed's limit.bytes.")
        : damaged(bytes.hasDocumentType() ? "its XML has a document type" : "its XML is broken");
  }

  static UnreadableFile damaged(String what) {
    return Contents.unreadable("The workbook is damaged: " + what + ".", SAVE_AGAIN);
  }

  @Override
  public void close() throws IOException {
    try (bytes) {
      reader.close();
    } catch (XMLStreamException e) {
      throw new IOException(e);
    }
  }
}
