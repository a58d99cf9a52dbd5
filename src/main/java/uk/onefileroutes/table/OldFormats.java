package uk.onefileroutes.table;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.poi.hssf.record.ExtendedFormatRecord;
import org.apache.poi.hssf.record.FormatRecord;

/** The formats of an old workbook's numbers: which are dates. Not thread-safe. */
final class OldFormats {
  private final Map<Integer, String> codes = new HashMap<>();
  private final Map<String, List<String>> paddings = new HashMap<>(); // by code
  private final List<Integer> styles = new ArrayList<>();
  private boolean from1904;

  void add(FormatRecord format) {
    codes.put(format.getIndexCode(), format.getFormatString());
  }

  void add(ExtendedFormatRecord style) {
    styles.add((int) style.getFormatIndex());
  }

  void countFrom1904(boolean does) {
    from1904 = does;
  }

  /** A number as a person would type what is shown. */
  String text(double number, int style) {
    int format = style >= 0 && style < styles.size() ? styles.get(style) : 0;
    String code = codes.getOrDefault(format, "");
    String raw = CellText.number(Double.toString(number));
    return CellText.isDate(format, code)
        ? CellText.date(raw, from1904)
        : CellText.padded(raw, paddings.computeIfAbsent(code, CellText::padding));
  }
}
