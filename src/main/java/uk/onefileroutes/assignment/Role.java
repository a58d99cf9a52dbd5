package uk.onefileroutes.assignment;

/** As what the assignee is assigned. */
public enum Role {
  ASSESSOR("assessor"),
  IQA("iqa"),
  EMPLOYER("employer"),
  OBSERVER("observer");

  private final String word;

  Role(String word) {
    this.word = word;
  }

  /** The word for this role in feeds, SQL and reports. */
  public String word() {
    return word;
  }
}
