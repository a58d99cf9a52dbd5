package uk.onefileroutes.management;

import org.jspecify.annotations.Nullable;
import uk.onefileroutes.management.Histories.RowNow;
import uk.onefileroutes.management.Status.FileNow;

/**
 * How an assignment stands that was asked for.
 *
 * @param asked what it was found to mean; null while it is not read, and where it is invalid
 * @param row how it stands, and what was tried; null while it is not read, and where the file was
 *     refused
 * @param waits why no call leaves now, a sentence; null while they do
 */
public record AppliedNow(
    FileNow file, @Nullable AskedNow asked, @Nullable RowNow row, @Nullable String waits) {

  /**
   * What an assignment means.
   *
   * @param held what the slot was known to hold when it was read; null where that was not known
   * @param path of the request, below the base URL; null where nothing is to be sent
   * @param payload of the request
   */
  public record AskedNow(
      long learner,
      String slot,
      long assignee,
      @Nullable Long held,
      @Nullable String path,
      @Nullable String payload) {}
}
