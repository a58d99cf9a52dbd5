package uk.onefileroutes.sftp;

import com.jcraft.jsch.Session;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Ends a session whose server owes an answer for too long. JSch alone waits for ever where the
 * connection is alive but the SFTP server behind it is not. Thread-safe.
 */
final class AnswerTimeout {
  private static final ScheduledExecutorService WATCH =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "sftp-answer-timeout");
            thread.setDaemon(true);
            return thread;
          });

  private final Duration limit;
  private volatile @Nullable Session session;

  AnswerTimeout(Duration limit) {
    this.limit = limit;
  }

  /** Whose answers are awaited from now on. */
  void watch(@Nullable Session session) {
    this.session = session;
  }

  /** Does something that waits for the server. */
  <T> T during(Supplier<T> operation) {
    ScheduledFuture<?> end = scheduled();
    try {
      return operation.get();
    } finally {
      end.cancel(false);
    }
  }

  /** A stream of which each read waits for the server. */
  InputStream during(InputStream from) {
    return new FilterInputStream(from) {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        ScheduledFuture<?> end = scheduled();
        try {
          return super.read(into, offset, length);
        } finally {
          end.cancel(false);
        }
      }

      @Override
      public void close() throws IOException {
        ScheduledFuture<?> end = scheduled();
        try {
          super.close();
        } finally {
          end.cancel(false);
        }
      }
    };
  }

  /**
   * A stream that the server is sent. It is asked for more as long as the server takes what came
   * before, so the time between two reads is the server's.
   */
  InputStream sent(InputStream from, Runnable progress) {
    return new FilterInputStream(from) {
      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        progress.run();
        return super.read(into, offset, length);
      }
    };
  }

  /** Does something that may take as long as it calls the runnable that it is given. */
  <T> T duringProgress(java.util.function.Function<Runnable, T> operation) {
    Progress progress = new Progress();
    try {
      return operation.apply(progress);
    } finally {
      progress.stop();
    }
  }

  private ScheduledFuture<?> scheduled() {
    return WATCH.schedule(this::end, limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void end() {
    Session watched = session;
    if (watched != null) {
      // on a thread of its own: it says goodbye to a server that may not listen
      Thread end = new Thread(watched::disconnect, "sftp-end");
      end.setDaemon(true);
      end.start();
    }
  }

  private final class Progress implements Runnable {
    private ScheduledFuture<?> end = scheduled();

    @Override
    public void run() {
      end.cancel(false);
      end = scheduled();
    }

    void stop() {
      end.cancel(false);
    }
  }
}
