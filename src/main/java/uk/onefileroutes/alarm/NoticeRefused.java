package uk.onefileroutes.alarm;

/** The receiver of a notice did not take it; the message is a sentence without secrets. */
final class NoticeRefused extends Exception {
  private static final long serialVersionUID = 1L;

  NoticeRefused(String sentence) {
    super(sentence);
  }
}
