package uk.onefileroutes.process;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import uk.onefileroutes.simulator.People;
import uk.onefileroutes.simulator.Person;

/** Who exists at the far side, so that it knows roles and refuses strangers. */
final class ChaosPeople {
  static final int LEARNERS = 1000;
  static final int FIRST_LEARNER = 10_001;

  /** A learner of whom Onefile says 404, whatever is asked. */
  static final int UNWANTED = FIRST_LEARNER;

  /** A learner whom Onefile can't digest in rounds with few attempts. */
  static final int POISON = FIRST_LEARNER + LEARNERS - 7;

  static final int STRANGER = 99_999;
  static final List<Integer> ASSESSORS = ids(2001);
  static final List<Integer> IQAS = ids(3001);
  static final List<Integer> EMPLOYERS = ids(4001);
  static final List<Integer> OBSERVERS = ids(5001);

  private ChaosPeople() {}

  static People everybody() {
    List<Person> people = new ArrayList<>();
    IntStream.range(0, LEARNERS).forEach(i -> people.add(Person.of(FIRST_LEARNER + i, 1, 1)));
    ASSESSORS.forEach(id -> people.add(Person.of(id, 5, 1)));
    IQAS.forEach(id -> people.add(Person.of(id, 10, 1)));
    EMPLOYERS.forEach(id -> people.add(Person.of(id, 40, 1)));
    OBSERVERS.forEach(id -> people.add(Person.of(id, 45, 1)));
    return People.of(people);
  }

  private static List<Integer> ids(int first) {
    return IntStream.range(first, first + 6).boxed().toList();
  }
}
