package uk.onefileroutes.process;

import static java.lang.management.ManagementFactory.MEMORY_MXBEAN_NAME;
import static java.lang.management.ManagementFactory.OPERATING_SYSTEM_MXBEAN_NAME;
import static java.lang.management.ManagementFactory.THREAD_MXBEAN_NAME;
import static java.lang.management.ManagementFactory.newPlatformMXBeanProxy;

import com.sun.management.UnixOperatingSystemMXBean;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.MemoryMXBean;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * Measures a running process by the JVM's own MBeans, which cost it next to nothing, and its files.
 * For one thread.
 */
final class SoakProbe implements AutoCloseable {
  private static final double KIB = 1024;
  private static final double MIB = KIB * KIB;

  private final long pid;
  private final SoakWorld world;
  private final JMXConnector connector;
  private final MBeanServerConnection beans;
  private final MemoryMXBean memory;
  private final ThreadMXBean threads;
  private final UnixOperatingSystemMXBean system;
  private final ObjectName pool;
  private long cpuBefore;
  private long wallBefore;

  private SoakProbe(long pid, SoakWorld world, JMXConnector connector)
      throws IOException, JMException {
    this.pid = pid;
    this.world = world;
    this.connector = connector;
    beans = connector.getMBeanServerConnection();
    memory = newPlatformMXBeanProxy(beans, MEMORY_MXBEAN_NAME, MemoryMXBean.class);
    threads = newPlatformMXBeanProxy(beans, THREAD_MXBEAN_NAME, ThreadMXBean.class);
    system =
        newPlatformMXBeanProxy(
            beans, OPERATING_SYSTEM_MXBEAN_NAME, UnixOperatingSystemMXBean.class);
    pool = new ObjectName("com.zaxxer.hikari:type=Pool (ledger)");
    cpuBefore = system.getProcessCpuTime();
    wallBefore = System.nanoTime();
  }

  /** Attaches to a process of this user. */
  @SuppressWarnings("BanJNDI") // the address is what the process that we started has told
  static SoakProbe of(Bundle running, SoakWorld world) throws IOException, JMException {
    try {
      VirtualMachine machine = VirtualMachine.attach(Long.toString(running.pid()));
      try {
        JMXServiceURL url = new JMXServiceURL(machine.startLocalManagementAgent());
        return new SoakProbe(running.pid(), world, JMXConnectorFactory.connect(url));
      } finally {
        machine.detach();
      }
    } catch (AttachNotSupportedException e) {
      throw new IOException(e);
    }
  }

  /**
   * Collects garbage and measures.
   *
   * @param at since the start
   */
  SoakSample sample(Duration at) throws IOException, JMException {
    Map<SoakMeasure, Double> values = new EnumMap<>(SoakMeasure.class);
    values.put(SoakMeasure.CPU, cpuSecondsAMinute());
    memory.gc();
    values.put(SoakMeasure.HEAP, memory.getHeapMemoryUsage().getUsed() / MIB);
    values.put(SoakMeasure.NON_HEAP, memory.getNonHeapMemoryUsage().getUsed() / MIB);
    values.put(SoakMeasure.RESIDENT, residentKib() / KIB);
    values.put(SoakMeasure.THREADS, (double) threads.getThreadCount());
    values.put(SoakMeasure.HANDLES, (double) system.getOpenFileDescriptorCount());
    values.put(SoakMeasure.CONNECTIONS, ((Number) poolFigure("TotalConnections")).doubleValue());
    long ledger = Files.size(world.data().resolve("ledger.mv.db"));
    values.put(SoakMeasure.LEDGER, ledger / (double) Math.max(1, world.rows()));
    values.put(SoakMeasure.SPOOL, size(world.data().resolve("spool")) / KIB);
    values.put(SoakMeasure.LOG, logBytes() / (double) Math.max(1, world.files()));
    values.put(SoakMeasure.ANSWER, world.answerSeconds());
    return new SoakSample(at, values);
  }

  private Object poolFigure(String name) throws IOException, JMException {
    return beans.getAttribute(pool, name);
  }

  private double cpuSecondsAMinute() {
    long cpu = system.getProcessCpuTime();
    long wall = System.nanoTime();
    double share = (cpu - cpuBefore) / (double) (wall - wallBefore);
    cpuBefore = cpu;
    wallBefore = wall;
    return 60 * share;
  }

  /** Of Linux; 0 elsewhere. */
  private double residentKib() throws IOException {
    Path status = Path.of("/proc/" + pid + "/status");
    if (!Files.exists(status)) {
      return 0;
    }
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")))
          .findFirst()
          .orElse(0);
    }
  }

  private double logBytes() throws IOException {
    try (Stream<Path> files = Files.list(world.data().getParent())) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("output"))
          .mapToLong(SoakProbe::sizeOrNone)
          .max()
          .orElse(0);
    }
  }

  static long size(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(SoakProbe::sizeOrNone).sum();
    } catch (UncheckedIOException e) { // one went while we looked
      return size(folder);
    }
  }

  private static long sizeOrNone(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) { // it just went
      return 0;
    }
  }

  @Override
  public void close() throws IOException {
    connector.close();
  }
}
