package uk.onefileroutes.table;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.apache.poi.hssf.record.BOFRecord;
import org.apache.poi.hssf.record.BoundSheetRecord;
import org.apache.poi.hssf.record.DateWindow1904Record;
import org.apache.poi.hssf.record.EOFRecord;
import org.apache.poi.hssf.record.ExtendedFormatRecord;
import org.apache.poi.hssf.record.FormatRecord;
import org.apache.poi.hssf.record.Record;
import org.apache.poi.hssf.record.RecordFactoryInputStream;
import org.apache.poi.hssf.record.SSTRecord;
import org.apache.poi.poifs.filesystem.DirectoryNode;
import org.apache.poi.poifs.filesystem.DocumentInputStream;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.assignment.FileCode;
import uk.onefileroutes.feed.Feed;

/**
 * An Excel workbook of before 2007 ({@code .xls}), read record by record; formulas count by the
 * value saved with them, and macros, pictures and everything else are left alone. Not thread-safe.
 */
final class OldWorkbook implements Sheets {
  /** The library holds all texts: 65,536 rows, which a sheet may have, take a tenth of that. */
  private static final long MAX_BYTES = 32L << 20;

  private static final String SAVE_AS = "Save it as .xlsx or as CSV and send that.";
  private static final String STREAM = "Workbook";

  private final POIFSFileSystem files;
  private final Feed feed;
  private final OldFormats formats = new OldFormats();
  private final List<BoundSheetRecord> meant = new ArrayList<>();
  private List<String> texts = List.of();

  private OldWorkbook(POIFSFileSystem files, Feed feed) {
    this.files = files;
    this.feed = feed;
  }

  /** Reads which sheets there are, their texts and formats. */
  static OldWorkbook open(Unpacked bytes, Feed feed) throws UnreadableFile, IOException {
    if (Files.size(bytes.path()) > MAX_BYTES) {
      throw new UnreadableFile(
          FileCode.TOO_LARGE,
          "This old Excel workbook (.xls) has more than " + (MAX_BYTES >> 20) + " MB.",
          0,
          "Save it as .xlsx or as CSV and send that.");
    }
    POIFSFileSystem files;
    try {
      files = new POIFSFileSystem(bytes.path().toFile(), true);
    } catch (IOException | RuntimeException | StackOverflowError e) {
      throw damaged();
    }
    OldWorkbook workbook = new OldWorkbook(files, feed);
    try {
      workbook.read();
      return workbook;
    } catch (IOException | RuntimeException | StackOverflowError e) {
      workbook.close();
      throw damaged();
    } catch (UnreadableFile e) {
      workbook.close();
      throw e;
    }
  }

  private void read() throws UnreadableFile, IOException {
    DirectoryNode root = files.getRoot();
    if (!root.hasEntryCaseInsensitive(STREAM)) {
      throw Contents.unreadable(
          root.hasEntryCaseInsensitive("Book")
              ? "This is an Excel workbook of before 1997."
              : "This is an old Office file, but no Excel workbook (.xls).",
          SAVE_AS);
    }
    try (DocumentInputStream head = stream()) {
      OldHead.check(head);
    }
    List<BoundSheetRecord> all = new ArrayList<>();
    try (DocumentInputStream in = stream()) {
      RecordFactoryInputStream records = new RecordFactoryInputStream(in, false);
      for (Record record = records.nextRecord();
          record != null && !(record instanceof EOFRecord);
          record = records.nextRecord()) {
        if (record instanceof BoundSheetRecord sheet) {
          all.add(sheet);
        } else if (record instanceof SSTRecord shared) {
          texts = texts(shared);
        } else if (record instanceof FormatRecord format) {
          formats.add(format);
        } else if (record instanceof ExtendedFormatRecord style) {
          formats.add(style);
        } else if (record instanceof DateWindow1904Record window) {
          formats.countFrom1904(window.getWindowing() == 1);
        }
      }
    }
    choose(all);
  }

  private static List<String> texts(SSTRecord shared) {
    List<String> texts = new ArrayList<>(shared.getNumUniqueStrings());
    for (int i = 0; i < shared.getNumUniqueStrings(); i++) {
      texts.add(shared.getString(i).getString());
    }
    return texts;
  }

  private void choose(List<BoundSheetRecord> all) throws UnreadableFile {
    List<Sheet> sheets =
        all.stream()
            .map(one -> new Sheet(one.getSheetname(), !one.isHidden() && !one.isVeryHidden()))
            .toList();
    Sheets.meant("workbook", feed.layout().sheet(), sheets).forEach(i -> meant.add(all.get(i)));
  }

  private DocumentInputStream stream() throws IOException {
    return files
        .getRoot()
        .createDocumentInputStream(files.getRoot().getEntryCaseInsensitive(STREAM));
  }

  static UnreadableFile damaged() {
    return Contents.unreadable("This old Excel workbook (.xls) is damaged.", SAVE_AS);
  }

  @Override
  public Sheets.@Nullable Rows open(int number) throws UnreadableFile, IOException {
    if (number >= meant.size()) {
      return null;
    }
    DocumentInputStream in = stream();
    try {
      in.skipNBytes(meant.get(number).getPositionOfBof());
      RecordFactoryInputStream records = new RecordFactoryInputStream(in, false);
      boolean isSheet =
          records.nextRecord() instanceof BOFRecord begin
              && begin.getType() == BOFRecord.TYPE_WORKSHEET;
      return new OldRows(
          in,
          isSheet ? records : null,
          new OldRows.Values(texts, formats),
          new CellRow(feed.limits().line(), feed.limits().columns()));
    } catch (IOException | RuntimeException e) {
      in.close();
      throw damaged();
    }
  }

  @Override
  public long count() {
    return meant.size();
  }

  @Override
  public void spend(Sheets.Rows rows) {
    // the file is small
  }

  @Override
  public @Nullable UnreadableFile whenEmpty() {
    return null;
  }

  @Override
  public void close() throws IOException {
    files.close();
  }
}
