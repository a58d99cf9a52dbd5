package uk.onefileroutes.ledger;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;
import org.jspecify.annotations.Nullable;

/**
 * The files of an embedded ledger, as the scheme {@code plain:} of H2's URLs. H2's own {@code
 * file:} closes the database where a thread is interrupted that reads or writes; its {@code async:}
 * does not, but hands each read and each write to another thread, which costs two thirds of a
 * commit on a busy machine. Public for H2 only, which makes an instance for each path.
 */
public final class UninterruptedFiles extends FilePathWrapper {
  static final String SCHEME = "plain";

  /** Makes the scheme known to H2; may run again. */
  static void register() {
    FilePath.register(new UninterruptedFiles());
  }

  @Override
  public String getScheme() {
    return SCHEME;
  }

  @Override
  public FileChannel open(String mode) throws IOException {
    return new Channel(unwrap().toString(), mode);
  }

  /** Each read and write is one call of the operating system, by the thread that asks for it. */
  private static final class Channel extends FileBaseDefault {
    private final RandomAccessFile file;

    Channel(String path, String mode) throws IOException {
      // "rws" and "rwd" would write through at each call; H2 asks for that by force()
      file = new RandomAccessFile(path, mode.equals("r") ? "r" : "rw");
    }

    @Override
    public synchronized int read(ByteBuffer to, long position) throws IOException {
      if (!to.hasRemaining()) {
        return 0;
      }
      byte[] bytes = to.hasArray() ? to.array() : new byte[to.remaining()];
      int offset = to.hasArray() ? to.arrayOffset() + to.position() : 0;
      file.seek(position);
      int count = file.read(bytes, offset, to.remaining());
      if (count > 0) {
        if (to.hasArray()) {
          to.position(to.position() + count);
        } else {
          to.put(bytes, 0, count);
        }
      }
      return count;
    }

    @Override
    public synchronized int write(ByteBuffer from, long position) throws IOException {
      int count = from.remaining();
      file.seek(position);
      if (from.hasArray()) {
        file.write(from.array(), from.arrayOffset() + from.position(), count);
        from.position(from.limit());
      } else {
        byte[] bytes = new byte[count];
        from.get(bytes);
        file.write(bytes);
      }
      return count;
    }

    @Override
    public synchronized long size() throws IOException {
      return file.length();
    }

    @Override
    protected void implTruncate(long size) throws IOException {
      if (size < file.length()) {
        file.setLength(size);
      }
    }

    @Override
    public void force(boolean metaData) throws IOException {
      file.getFD().sync();
    }

    @Override
    public @Nullable FileLock tryLock(long position, long size, boolean shared) throws IOException {
      return file.getChannel().tryLock(position, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
      file.close();
    }
  }
}
