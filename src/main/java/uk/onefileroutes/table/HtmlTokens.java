package uk.onefileroutes.table;

import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads HTML as tags and text, within a bound of memory. Scripts, styles, comments and declarations
 * are skipped; of references to characters only those are known that exports write. Not
 * thread-safe.
 */
final class HtmlTokens implements Closeable {
  /** What was read. */
  enum Token {
    START,
    END,
    TEXT,
    OVER
  }

  private static final int MAX_TAG = 8192;
  private static final int MAX_TEXT = 8192;
  private static final int MAX_REFERENCE = 10;

  /** The names of the characters from 160 to 255, in their order. */
  private static final List<String> LATIN =
      List.of(
          ("nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg"
                  + " plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12"
                  + " frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute"
                  + " Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml"
                  + " times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc"
                  + " atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml"
                  + " eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc"
                  + " uuml yacute thorn yuml")
              .split(" "));

  private static final Map<String, String> CHARACTERS =
      Map.of(
          "amp", "&", "lt", "<", "gt", ">", "quot", "\"", "apos", "'", "euro", "€", "ndash", "–",
          "mdash", "—", "lsquo", "‘", "rsquo", "’");

  private final Reader reader;
  private final char[] buffer = new char[1 << 13];
  private final StringBuilder text = new StringBuilder();
  private int position;
  private int end;
  private String name = "";

  HtmlTokens(Reader reader) {
    this.reader = reader;
  }

  /** The next piece; a long text comes in several. */
  Token next() throws IOException {
    while (true) {
      int c = peek();
      if (c < 0) {
        return Token.OVER;
      }
      if (c != '<') {
        readText();
        return Token.TEXT;
      }
      position++;
      int first = peek();
      if (first == '!' || first == '?') {
        skipDeclaration();
        continue;
      }
      boolean isEnd = first == '/';
      position += isEnd ? 1 : 0;
      if (!Character.isLetter(peek())) {
        text.setLength(0);
        text.append(isEnd ? "</" : "<");
        return Token.TEXT;
      }
      readTag();
      if (isEnd) {
        return Token.END;
      }
      if (name.equals("script") || name.equals("style")) {
        skipTo("</" + name);
        continue;
      }
      return Token.START;
    }
  }

  /** The name of the tag, in lower case. */
  String name() {
    return name;
  }

  /** The text, or what stands in the tag. */
  String text() {
    return text.toString();
  }

  /** Finds the number that an attribute of this name has. */
  static Pattern attribute(String name) {
    return Pattern.compile("(?i)\\b" + name + "\\s*=\\s*[\"']?\\s*(\\d{1,9})");
  }

  /** A number that an attribute of the tag has, from 1; 1 where there is none. */
  int number(Pattern attribute, int most) {
    Matcher found = attribute.matcher(text);
    return text.length() > name.length() && found.find()
        ? Math.max(1, Math.min(most, Integer.parseInt(found.group(1))))
        : 1;
  }

  private void readText() throws IOException {
    text.setLength(0);
    for (int c = peek(); c >= 0 && c != '<' && text.length() < MAX_TEXT; c = peek()) {
      position++;
      if (c == '&') {
        readReference();
      } else {
        text.append((char) c);
      }
    }
  }

  private void readReference() throws IOException {
    StringBuilder reference = new StringBuilder();
    int c = peek();
    while (reference.length() < MAX_REFERENCE && (c == '#' || Character.isLetterOrDigit(c))) {
      reference.append((char) c);
      position++;
      c = peek();
    }
    String character = character(reference.toString());
    if (character == null) {
      text.append('&').append(reference);
      return;
    }
    text.append(character);
    position += c == ';' ? 1 : 0;
  }

  private static @Nullable String character(String reference) {
    if (reference.matches("#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}")) {
      boolean isHex = Character.toLowerCase(reference.charAt(1)) == 'x';
      int point = Integer.parseInt(reference.substring(isHex ? 2 : 1), isHex ? 16 : 10);
      return Character.isValidCodePoint(point) ? Character.toString(point) : "\uFFFD";
    }
    int latin = LATIN.indexOf(reference);
    return latin >= 0 ? Character.toString(160 + latin) : CHARACTERS.get(reference);
  }

  private void readTag() throws IOException {
    text.setLength(0);
    int quote = 0;
    for (int c = peek(); c >= 0 && (c != '>' || quote != 0); c = peek()) {
      position++;
      if (text.length() < MAX_TAG) {
        text.append((char) c);
      }
      boolean isQuote = c == '"' || c == '\'';
      quote = quote == 0 && isQuote ? c : quote == c ? 0 : quote;
    }
    position += peek() == '>' ? 1 : 0;
    int length = 0;
    while (length < text.length() && Character.isLetterOrDigit(text.charAt(length))) {
      length++;
    }
    name = text.substring(0, length).toLowerCase(Locale.ROOT);
  }

  private void skipDeclaration() throws IOException {
    position++;
    if (peek() == '-') {
      position++;
      if (peek() == '-') {
        position++;
        skipTo("-->");
        return;
      }
    }
    skipTo(">");
  }

  /** Skips to the end of a word, which has no beginning in itself. */
  private void skipTo(String word) throws IOException {
    int found = 0;
    for (int c = peek(); c >= 0; c = peek()) {
      position++;
      char lower = Character.toLowerCase((char) c);
      if (lower == word.charAt(found)) {
        found++;
      } else if (!(found == 2 && word.equals("-->") && c == '-')) {
        found = lower == word.charAt(0) ? 1 : 0;
      }
      if (found == word.length()) {
        if (word.startsWith("</")) {
          readTag();
        }
        return;
      }
    }
  }

  private int peek() throws IOException {
    if (position == end) {
      position = 0;
      end = Math.max(0, reader.read(buffer, 0, buffer.length));
      if (end == 0) {
        return -1;
      }
    }
    return buffer[position];
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
