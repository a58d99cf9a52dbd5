package uk.onefileroutes.dryrun;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Optional;

/** What people were shown by dry runs, kept for 30 days under its digest. Thread-safe. */
public final class ReviewedPlans {
  static final String FOLDER = "plans";

  private final Path folder;

  ReviewedPlans(Path dryRuns) {
    this.folder = dryRuns.resolve(FOLDER);
  }

  /** Takes it out of the folder of its dry run. */
  void keep(PlanFile plan) throws IOException {
    Path place = Files.createDirectories(folder).resolve(plan.digest());
    Files.move(plan.place(), place, StandardCopyOption.REPLACE_EXISTING);
  }

  /** What was reviewed under this digest. */
  public Optional<PlanFile> find(String digest) {
    Path place = folder.resolve(digest);
    return digest.matches("[0-9a-f]+") && Files.exists(place)
        ? Optional.of(new PlanFile(place, digest))
        : Optional.empty();
  }

  void deleteOlder(Instant old) throws IOException {
    DryRun.deleteOlder(folder, old);
  }
}
