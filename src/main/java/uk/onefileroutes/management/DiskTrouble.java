package uk.onefileroutes.management;

import java.nio.file.Path;
import java.util.Set;
import uk.onefileroutes.alarm.AlarmCheck;
import uk.onefileroutes.alarm.AlarmCode;
import uk.onefileroutes.alarm.AlarmScan;

/** Whether the data folder's disk can be written, and has room. Thread-safe. */
public final class DiskTrouble implements AlarmCheck {
  private final DiskWatch disk;
  private final Path dataFolder;

  public DiskTrouble(DiskWatch disk, Path dataFolder) {
    this.disk = disk;
    this.dataFolder = dataFolder;
  }

  @Override
  public Set<AlarmCode> codes() {
    return Set.of(AlarmCode.DISK);
  }

  @Override
  public void check(AlarmScan scan) {
    disk.trouble()
        .map(
            trouble ->
                trouble
                    + ". Whatever must be written there waits until it can be, and nothing is lost."
                    + " Make room there, or make it writable; no restart is needed")
        .or(() -> disk.shortage().map(shortage -> shortage + ". Make room there"))
        .ifPresent(sentence -> scan.sees(AlarmCode.DISK, dataFolder.toString(), sentence));
  }
}
