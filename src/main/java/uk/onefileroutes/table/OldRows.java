package uk.onefileroutes.table;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.apache.poi.hssf.record.BOFRecord;
import org.apache.poi.hssf.record.BoolErrRecord;
import org.apache.poi.hssf.record.CellValueRecordInterface;
import org.apache.poi.hssf.record.EOFRecord;
import org.apache.poi.hssf.record.FormulaRecord;
import org.apache.poi.hssf.record.LabelRecord;
import org.apache.poi.hssf.record.LabelSSTRecord;
import org.apache.poi.hssf.record.MergeCellsRecord;
import org.apache.poi.hssf.record.NumberRecord;
import org.apache.poi.hssf.record.Record;
import org.apache.poi.hssf.record.RecordFactoryInputStream;
import org.apache.poi.hssf.record.RowRecord;
import org.apache.poi.hssf.record.StringRecord;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.FormulaError;
import org.apache.poi.ss.util.CellRangeAddress;
import org.jspecify.annotations.Nullable;

/** The rows of a sheet of an old workbook. Not thread-safe. */
final class OldRows implements Sheets.Rows {
  private final Closeable below;
  private final @Nullable RecordFactoryInputStream records;
  private final Values values;
  private final CellRow row;
  private final BitSet hiddenRows = new BitSet();
  private final List<Sheets.Merged> merged = new ArrayList<>();
  private int current = -1;
  private int within; // charts in the sheet
  private long hidden;
  private @Nullable CellValueRecordInterface awaited; // its text comes next
  private boolean ended;

  /** What cells mean. */
  record Values(List<String> texts, OldFormats formats) {
    private String text(int number) {
      return number >= 0 && number < texts.size() ? texts.get(number) : "";
    }
  }

  /**
   * @param records behind the beginning of the sheet; null where it is no sheet but a chart
   */
  OldRows(Closeable below, @Nullable RecordFactoryInputStream records, Values values, CellRow row) {
    this.below = below;
    this.records = records;
    this.values = values;
    this.row = row;
    this.ended = records == null;
  }

  @Override
  public @Nullable Draft next() throws UnreadableFile {
    while (!ended) {
      Record record = read();
      Draft draft = null;
      if (record == null || (record instanceof EOFRecord && within == 0)) {
        ended = true;
        draft = finished();
      } else if (record instanceof BOFRecord) {
        within++;
      } else if (record instanceof EOFRecord) {
        within--;
      } else if (within == 0) {
        draft = take(record);
      }
      if (draft != null) {
        return draft;
      }
    }
    return null;
  }

  private @Nullable Record read() throws UnreadableFile {
    try {
      return records == null ? null : records.nextRecord();
    } catch (RuntimeException | StackOverflowError e) {
      throw OldWorkbook.damaged();
    }
  }

  /** Takes a record; the row before it where it begins another. */
  private @Nullable Draft take(Record record) throws UnreadableFile {
    if (record instanceof RowRecord of) {
      hiddenRows.set(Math.max(0, of.getRowNumber()), of.getZeroHeight());
    } else if (record instanceof MergeCellsRecord areas) {
      merge(areas);
    } else if (record instanceof StringRecord text && awaited != null) {
      row.put(awaited.getColumn(), text.getString());
      awaited = null;
    } else if (record instanceof CellValueRecordInterface cell) {
      Draft before = cell.getRow() == current ? null : finished();
      if (cell.getRow() < current) {
        throw OldWorkbook.damaged();
      }
      current = cell.getRow();
      put(cell);
      return before;
    }
    return null;
  }

  private void put(CellValueRecordInterface cell) {
    awaited = null;
    if (cell instanceof FormulaRecord formula
        && formula.getCachedResultTypeEnum() == CellType.STRING) {
      awaited = formula;
      return;
    }
    row.put(Math.max(0, cell.getColumn()), text(cell));
  }

  private String text(CellValueRecordInterface cell) {
    if (cell instanceof LabelSSTRecord shared) {
      return values.text(shared.getSSTIndex());
    }
    if (cell instanceof LabelRecord label) {
      return label.getValue();
    }
    if (cell instanceof NumberRecord number) {
      return values.formats.text(number.getValue(), number.getXFIndex());
    }
    if (cell instanceof BoolErrRecord either) {
      return either.isError()
          ? error(either.getErrorValue())
          : either.getBooleanValue() ? "TRUE" : "FALSE";
    }
    return cell instanceof FormulaRecord formula ? text(formula) : "";
  }

  private String text(FormulaRecord formula) {
    return switch (formula.getCachedResultTypeEnum()) {
      case BOOLEAN -> formula.getCachedBooleanValue() ? "TRUE" : "FALSE";
      case ERROR -> error(formula.getCachedErrorValue());
      case NUMERIC -> values.formats.text(formula.getValue(), formula.getXFIndex());
      default -> "";
    };
  }

  private static String error(int code) {
    return FormulaError.isValidCode(code) ? FormulaError.forInt(code).getString() : "#N/A";
  }

  private void merge(MergeCellsRecord areas) {
    for (int i = 0; i < areas.getNumAreas() && merged.size() < Sheets.Merged.MAX; i++) {
      CellRangeAddress area = areas.getAreaAt(i);
      merged.add(
          new Sheets.Merged(
              area.getFirstRow() + 1L,
              Math.max(0, area.getFirstColumn()),
              area.getLastRow() + 1L,
              Math.max(0, area.getLastColumn())));
    }
  }

  private @Nullable Draft finished() {
    Draft draft = current < 0 ? null : row.draft(current + 1L);
    hidden += draft != null && hiddenRows.get(current) ? 1 : 0;
    row.clear();
    return draft;
  }

  @Override
  public long hidden() {
    return hidden;
  }

  @Override
  public List<Sheets.Merged> merged() {
    return merged;
  }

  @Override
  public void close() throws IOException {
    below.close();
  }
}
