package uk.onefileroutes.ledger;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * How many rows a table has, and a digest of them that is the same in whatever order they are read
 * and in whichever database they are: the sum of the SHA-256 of each, modulo 2^256. For one thread.
 */
final class TableDigest {
  private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(256);

  private final MessageDigest digest = Sha256.begin();
  private BigInteger sum = BigInteger.ZERO;
  private long rows;

  /**
   * Values as both databases take them.
   *
   * @throws SQLException for a type that a ledger never had
   */
  static @Nullable Object[] values(ResultSet row, int columns) throws SQLException {
    @Nullable Object[] values = new Object[columns];
    for (int i = 1; i <= columns; i++) {
      int type = row.getMetaData().getColumnType(i);
      boolean isTime = type == Types.TIMESTAMP || type == Types.TIMESTAMP_WITH_TIMEZONE;
      values[i - 1] = value(isTime ? row.getObject(i, OffsetDateTime.class) : row.getObject(i));
    }
    return values;
  }

  private static @Nullable Object value(@Nullable Object read) throws SQLException {
    if (read == null || read instanceof Number || read instanceof Boolean) {
      return read;
    }
    if (read instanceof String text) {
      return text.replace('\0', '\uFFFD'); // as it is written from now on
    }
    if (read instanceof OffsetDateTime time) {
      return time.toInstant();
    }
    throw new SQLException("a type of column that is not known here: " + read.getClass().getName());
  }

  void add(@Nullable Object[] values) {
    for (@Nullable Object value : values) {
      // numbers and times as text: an INT here may be a BIGINT there
      byte[] text = value == null ? null : value.toString().getBytes(StandardCharsets.UTF_8);
      digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, text == null ? -1 : text.length));
      if (text != null) {
        digest.update(text);
      }
    }
    sum = sum.add(new BigInteger(1, digest.digest())).mod(MODULUS);
    rows++;
  }

  long rows() {
    return rows;
  }

  /** 64 digits. */
  String sum() {
    return "%064x".formatted(sum);
  }

  boolean isSame(TableDigest other) {
    return rows == other.rows && sum.equals(other.sum);
  }
}
