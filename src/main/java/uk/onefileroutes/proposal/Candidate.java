package uk.onefileroutes.proposal;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import uk.onefileroutes.feed.Column;
import uk.onefileroutes.proposal.Meaning.Form;
import uk.onefileroutes.proposal.Meaning.What;
import uk.onefileroutes.shown.Shown;

/**
 * A column of the export.
 *
 * @param header in one line, without what nobody sees around it
 * @param form how its cells name somebody, by the cells where there are any
 */
record Candidate(String header, Meaning meaning, ColumnContent cells, Form form) {

  static Candidate of(String header, ColumnContent cells) {
    Meaning meaning = Meaning.of(header);
    String shown = Shown.trim(Shown.line(header)).replaceAll("\\s+", " ");
    return new Candidate(shown, meaning, cells, form(meaning, cells));
  }

  private static Form form(Meaning meaning, ColumnContent cells) {
    if (meaning.builtIn() != null) {
      return meaning.form();
    }
    return switch (meaning.what()) {
      case STANDARD -> standard(meaning.form(), cells);
      case UNIT -> unit(meaning.form(), cells);
      case LEARNER, ASSIGNEE, NOTHING -> person(meaning.form(), cells);
      case KIND, LEVEL, ROLE, STATUS -> meaning.form();
    };
  }

  private static Form person(Form said, ColumnContent cells) {
    if (cells.areEmpty()) {
      return said;
    }
    if (cells.areEmails()) {
      return Form.EMAIL;
    }
    if (cells.areIds()) {
      return said == Form.MISID ? Form.MISID : Form.ID;
    }
    // what is called a number and is no id of Onefile's is one of the sender's own
    return said == Form.ID ? Form.MISID : said == Form.UNSAID ? Form.TEXT : said;
  }

  private static Form standard(Form said, ColumnContent cells) {
    boolean isId = cells.areEmpty() ? said != Form.TEXT : cells.areIds();
    return isId ? Form.ID : Form.TEXT;
  }

  private static Form unit(Form said, ColumnContent cells) {
    boolean isSaid = cells.areEmpty() || said == Form.ID;
    boolean isId = isSaid ? said != Form.TEXT : cells.areUnitIds();
    return isId ? Form.ID : Form.TEXT;
  }

  boolean is(What what) {
    return meaning.what() == what;
  }

  /** Which column it can be; none where its cells are names, or nothing that a feed reads. */
  Optional<Column> column() {
    return switch (meaning.what()) {
      case LEARNER -> of(Column.LEARNER, Column.LEARNER_MISID, Column.LEARNER_EMAIL, null);
      case ASSIGNEE -> of(Column.ASSIGNEE, Column.ASSIGNEE_MISID, Column.ASSIGNEE_EMAIL, null);
      case STANDARD -> of(Column.STANDARD, null, null, Column.STANDARD_TITLE);
      case UNIT -> of(Column.UNIT, null, null, Column.UNIT_TITLE);
      case KIND -> Optional.of(Column.KIND);
      case LEVEL -> Optional.of(Column.LEVEL);
      case ROLE -> Optional.of(Column.ROLE);
      case STATUS, NOTHING -> Optional.empty();
    };
  }

  private Optional<Column> of(
      @Nullable Column id, @Nullable Column misId, @Nullable Column email, @Nullable Column text) {
    return Optional.ofNullable(
        switch (form) {
          case ID -> id;
          case MISID -> misId;
          case EMAIL -> email;
          case TEXT -> text;
          case UNSAID -> id;
        });
  }

  /** The same, meant as something else than its header says. */
  Candidate as(What what) {
    Meaning other =
        new Meaning(what, meaning.form(), meaning.builtIn(), meaning.role(), meaning.base());
    return new Candidate(header, other, cells, form);
  }
}
