package uk.onefileroutes.table;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.jspecify.annotations.Nullable;

/**
 * How a table is written down, so that results can be written in the same way.
 *
 * @param bom whether the file begins with a byte order mark
 * @param quote what stands around cells that hold a delimiter
 * @param lineEnd LF, CRLF or CR, whichever ended the first line
 * @param hint the line {@code sep=;} before the header, by which Excel knows the delimiter; null
 *     where there is none
 */
public record Dialect(
    Charset charset,
    boolean bom,
    char delimiter,
    char quote,
    String lineEnd,
    @Nullable String hint) {

  /** The strict format of RFC 4180 with this delimiter and quote. */
  public CSVFormat format() {
    return CSVFormat.RFC4180.builder().setDelimiter(delimiter).setQuote(quote).get();
  }

  /** The cells of a well-formed record as they stand in its text, quotes included. */
  public List<String> rawCells(String text) {
    return new Grammar(delimiter, quote, null).rawCells(text);
  }

  /**
   * Opens a file for text in this dialect; what it held is lost. Byte order mark and hint are
   * already in it.
   *
   * @throws IOException where the file can't be written
   */
  public LosslessOutput create(Path file) throws IOException {
    LosslessOutput output = new LosslessOutput(Files.newOutputStream(file), charset);
    try {
      if (bom) {
        output.write("\uFEFF");
      }
      if (hint != null) {
        output.write(hint + lineEnd);
      }
      return output;
    } catch (IOException | RuntimeException e) {
      output.close();
      throw e;
    }
  }
}
