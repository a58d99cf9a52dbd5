package uk.onefileroutes.table;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.onefileroutes.table.TestFeeds.feed;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.poi.hssf.record.crypto.Biff8EncryptionKey;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.ss.util.CellRangeAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.onefileroutes.assignment.FileCode;
import uk.onefileroutes.assignment.RequestedAssignment;

/** Old Excel workbooks, written by the library that also reads them. */
class OldWorkbookTest {
  private static final RequestedAssignment.Words WORDS =
      new RequestedAssignment.Words("7000001", "default", null, "iqa", "2", null, null);

  private final FormatFixture files;

  OldWorkbookTest(@TempDir Path folder) {
    this.files = new FormatFixture(folder);
  }

  @Test
  void aSheetIsReadWithWhatItsCellsMean() throws Exception {
    FormatFixture.Read read = files.read(workbook(), feed());

    assertThat(read.columns())
        .containsExactly("learner_id", "role", "kind", "assignee_id", "more", "note");
    assertThat(read.cells())
        .containsExactly(
            List.of("7000001", "iqa", "default", "2", "2026-05-02", "Zoë €"),
            List.of("", "", "", "", "", ""),
            List.of("0.1", "", "", "", "", "#DIV/0!"),
            List.of("3", "iqa", "default", "2ab", "TRUE", "0005"));
    assertThat(read.words(1)).isEqualTo(WORDS);
    assertThat(String.join(";", read.warnings()))
        .contains("row 3", "2 visible sheets; number 2", "1 rows", "A7:A8");
  }

  @Test
  void theFeedNamesFormatAndSheet() throws Exception {
    assertThat(files.read(workbook(), feed("format", "xls", "sheet", "data")).rows()).hasSize(4);
    files.refused(workbook(), feed("format", "xlsx"), FileCode.NOT_READABLE);
    files.refused(workbook(), feed("sheet", "Cover"), FileCode.NO_HEADER);
    assertThat(files.read(workbook(), feed("sheet", "Empty")).rows()).isEmpty();
    assertThat(files.refused(workbook(), feed("sheet", "Other"), FileCode.NOT_READABLE).what())
        .contains("Cover, Empty, Data");
  }

  @Test
  void aWorkbookWithAPasswordIsEncrypted() throws Exception {
    try (HSSFWorkbook workbook = new HSSFWorkbook()) {
      workbook.createSheet("x").createRow(0).createCell(0).setCellValue("learner_id");
      Biff8EncryptionKey.setCurrentUserPassword("secret");
      files.refused(bytes(workbook), feed(), FileCode.ENCRYPTED);
    } finally {
      Biff8EncryptionKey.setCurrentUserPassword(null);
    }
  }

  @Test
  void otherOldOfficeFilesAreNamed() throws Exception {
    try (POIFSFileSystem office = new POIFSFileSystem()) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      office.createDocument(new java.io.ByteArrayInputStream(new byte[5000]), "WordDocument");
      office.writeFilesystem(bytes);
      assertThat(files.refused(bytes.toByteArray(), feed(), FileCode.NOT_READABLE).what())
          .contains("no Excel workbook");
    }
  }

  @Test
  void moreTextsThanThereCanBeAreNotBelieved() throws Exception {
    byte[] bytes = workbook();
    int changed = 0;
    for (int i = 0; i + 12 < bytes.length; i++) {
      // the record of shared texts, of which the fourth number is how many there are
      if ((bytes[i] & 0xFF) == 0xFC
          && bytes[i + 1] == 0
          && bytes[i + 7] == 0
          && bytes[i + 11] == 0
          && bytes[i + 4] > 10) {
        bytes[i + 11] = 0x7F;
        changed++;
      }
    }

    assertThat(changed).isPositive();
    files.refused(bytes, feed(), FileCode.NOT_READABLE);
  }

  @Test
  void aDamagedWorkbookIsReadOrRefused() throws Exception {
    byte[] whole = workbook();
    Random random = new Random(20261129);
    int refused = 0;
    for (int round = 0; round < 300; round++) {
      byte[] bytes =
          round % 3 == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
      for (int i = 0; i < 20 && bytes.length > 600; i++) {
        bytes[8 + random.nextInt(bytes.length - 8)] = (byte) random.nextInt();
      }
      try {
        assertThat(files.read(bytes, feed()).columns()).isNotEmpty();
      } catch (UnreadableFile e) {
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }

  private static byte[] workbook() throws IOException {
    try (HSSFWorkbook workbook = new HSSFWorkbook()) {
      workbook.createSheet("Cover").createRow(0).createCell(0).setCellValue("by MIS");
      workbook.createSheet("Empty");
      workbook.setSheetHidden(1, true);
      Sheet data = workbook.createSheet("Data");
      data.createRow(0).createCell(0).setCellValue("All learners");
      row(data, 2, "learner_id", "role", "kind", "assignee_id", "more", "note");
      Row first = row(data, 3, 7_000_001, "iqa", "default", 2.0, "", "Zoë €");
      CellStyle date = workbook.createCellStyle();
      date.setDataFormat(workbook.createDataFormat().getFormat("dd/mm/yyyy"));
      Cell day = first.createCell(4);
      day.setCellStyle(date);
      day.setCellValue(LocalDate.of(2026, 5, 2));
      Row second = row(data, 5, 0.1);
      second.createCell(5).setCellFormula("1/0");
      Row third = row(data, 6, 3, "iqa", "default");
      third.setZeroHeight(true);
      third.createCell(3).setCellFormula("\"2a\"&\"b\"");
      third.createCell(4).setCellValue(true);
      third.createCell(5).setCellFormula("2+3");
      CellStyle padded = workbook.createCellStyle();
      padded.setDataFormat(workbook.createDataFormat().getFormat("0000"));
      third.getCell(5).setCellStyle(padded);
      data.addMergedRegion(new CellRangeAddress(6, 7, 0, 0));
      workbook.getCreationHelper().createFormulaEvaluator().evaluateAll();
      return bytes(workbook);
    }
  }

  private static Row row(Sheet sheet, int number, Object... values) {
    Row row = sheet.createRow(number);
    for (int i = 0; i < values.length; i++) {
      if (values[i] instanceof Number value) {
        row.createCell(i).setCellValue(value.doubleValue());
      } else if (!values[i].toString().isEmpty()) {
        row.createCell(i).setCellValue(values[i].toString());
      }
    }
    return row;
  }

  private static byte[] bytes(HSSFWorkbook workbook) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    workbook.write(bytes);
    return bytes.toByteArray();
  }
}
