package uk.onefileroutes.runtime;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import uk.onefileroutes.assignment.Judge;
import uk.onefileroutes.assignment.RequestedAssignment;
import uk.onefileroutes.assignment.Verdict;
import uk.onefileroutes.config.ConfigurationFault;
import uk.onefileroutes.config.ConfigurationParts;
import uk.onefileroutes.config.Folders;
import uk.onefileroutes.feed.Feed;
import uk.onefileroutes.management.Refusal;
import uk.onefileroutes.management.Refused;
import uk.onefileroutes.simulator.People;
import uk.onefileroutes.table.Table;
import uk.onefileroutes.table.UnreadableFile;

/**
 * The people of a simulated Onefile in which a file finds all that it names. By feed and file
 * alone, as {@link Sample} reads them.
 *
 * @param people with the ids and references of the file, and none of its other values
 * @param made how many of whom, such as 12 by {@code learners}
 * @param unusable how many of the assignments that are asked for are invalid, so that they name
 *     nobody
 * @param sentence the same for people; without any value of the file
 */
public record Rehearsal(People people, Map<String, Integer> made, long unusable, String sentence) {
  private static final int ANY_CENTRE = 1;

  /**
   * Reads a file.
   *
   * @param feedName by whose keys; empty: the only feed, or the only one that wants the file's name
   * @throws ConfigurationFault if no such feed can be had
   * @throws Refused if the file names nobody, or needs a centre that the feed doesn't have
   * @throws IOException if the file can't be read
   */
  public static Rehearsal of(Folders folders, String feedName, Path file)
      throws ConfigurationFault, IOException, Refused {
    return of(file, ConfigurationParts.feed(folders, feedName, file));
  }

  private static Rehearsal of(Path file, Feed feed) throws IOException, Refused {
    String check = "check --sample %s --feed %s".formatted(file, feed.name());
    NamedAccounts named = new NamedAccounts();
    long asked = 0;
    long unusable = 0;
    try (Table table = Table.open(file, feed)) {
      Judge judge = new Judge(feed.mapping().words());
      for (Iterator<RequestedAssignment> all = table.assignments(); all.hasNext(); ) {
        RequestedAssignment requested = all.next();
        Verdict verdict = judge.judge(requested.with(Sample.LATER));
        RequestedAssignment.Words words = requested.words();
        if (verdict instanceof Verdict.Invalid) {
          asked++;
          unusable++;
        } else if (verdict instanceof Verdict.Valid valid && words != null) {
          asked++;
          named.add(words, valid.assignment());
        }
      }
    } catch (UnreadableFile e) {
      throw refused(String.valueOf(e.getMessage()), "See " + check + ".");
    } catch (UnreadableFile.WhileReading e) {
      throw refused(String.valueOf(e.getMessage()), "See " + check + ".");
    }
    if (asked == unusable) {
      throw refused(
          "%s names nobody: %s."
              .formatted(
                  file.getFileName(),
                  asked == 0
                      ? "its rows ask for nothing"
                      : "all %,d assignments are invalid".formatted(asked)),
          "See " + check + ".");
    }
    Integer centre = feed.mapping().organisation();
    if (centre == null && named.hasReferences()) {
      throw new Refused(
          new Refusal(
              Refusal.Code.CONFIGURATION,
              "%s has references in place of ids, and feed %s has no centre in which they are looked up."
                  .formatted(file.getFileName(), feed.name()),
              "Set onefile.organisation-id (in the environment: ONEFILE_ORGANISATION_ID), here and for run; any number will do for a rehearsal."));
    }
    People people = named.people(centre == null ? ANY_CENTRE : centre);
    return new Rehearsal(
        people,
        named.counts(),
        unusable,
        "From %s by feed %s: %s.".formatted(file.getFileName(), feed.name(), words(named.counts()))
            + unusable(unusable, asked, check)
            + otherRoles(named.otherRoles()));
  }

  private static String words(Map<String, Integer> made) {
    List<String> parts =
        made.entrySet().stream()
            .filter(each -> each.getValue() > 0)
            .map(each -> "%,d %s".formatted(each.getValue(), number(each)))
            .toList();
    return parts.stream().collect(Collectors.joining(", "));
  }

  private static String number(Map.Entry<String, Integer> made) {
    String word = made.getKey();
    return made.getValue() == 1 ? word.substring(0, word.length() - 1) : word;
  }

  private static String unusable(long unusable, long asked, String check) {
    return unusable == 0
        ? ""
        : " %,d of %,d assignments asked for %s invalid and %s nobody; %s says why."
            .formatted(
                unusable,
                asked,
                unusable == 1 ? "is" : "are",
                unusable == 1 ? "names" : "name",
                check);
  }

  private static String otherRoles(long count) {
    return count == 0
        ? ""
        : " %,d %s an id in a second role; an account has one, so the first counts."
            .formatted(count, count == 1 ? "assignment names" : "assignments name");
  }

  private static Refused refused(String message, String remedy) {
    return new Refused(new Refusal(Refusal.Code.INVALID, message, remedy));
  }
}
