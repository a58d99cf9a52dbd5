package uk.onefileroutes.management;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import uk.onefileroutes.dryrun.DryRunReport;
import uk.onefileroutes.verification.Report;

/**
 * The members of the answers and their order are what scripts rely on. A document that is read and
 * written again must be the same: a member that is renamed, moved, lost or new makes it another.
 */
class JsonMembersTest {
  private static final String FILE =
      """
      {"no":12,"feed":"inbox","name":"export.csv","state":"held","code":"SHRUNK",\
      "message":"It shrank.","acceptedAt":"2026-06-01T10:00:00Z","doneAt":"2026-06-01T11:00:00Z",\
      "rows":{"planned":2},"total":2,"open":2}""";

  private static final String ROW =
      """
      {"row":7,"part":1,"state":"blocked","code":"TOO_MANY_ATTEMPTS","message":"Given up.",\
      "learner":501001,"slot":"default/assessor","calls":6,"attempts":[\
      {"at":"2026-06-01T10:00:05Z","tookMs":12,"httpStatus":500,"code":"RETRY",\
      "message":"Last failure: HTTP 500."}]}""";

  private static final String STATUS =
      """
      {"at":"2026-06-01T10:00:00Z","isRunning":true,\
      "pace":{"callsPerMinute":"240","source":"base","state":"paused","reason":"By hand.",\
      "opensAt":"2026-06-01T10:05:00Z","nextEdgeAt":"2026-06-01T12:00:00Z",\
      "nextEdge":"Rate 120/min.","admitted":7,\
      "pauses":[{"reason":"operator","until":"2026-06-01T10:05:00Z","message":"By hand."}]},\
      "backlog":{"open":5,"inFlight":1,"waiting":2,"blocked":3,\
      "oldestAcceptedAt":"2026-06-01T09:00:00Z","expectedFinishAt":"2026-06-01T11:00:00Z"},\
      "files":[%s],\
      "feeds":[{"name":"inbox","source":"directory","place":"drop",\
      "lastListedAt":"2026-06-01T09:59:00Z","lastFailedAt":"2026-06-01T09:00:00Z",\
      "failure":"gone","waiting":[{"name":"a.txt","since":"2026-06-01T08:00:00Z",\
      "reason":"No feed takes it."}],"allWaiting":1}],\
      "directories":[{"organisation":6,"readAt":"2026-06-01T02:00:00Z","isWanted":true,\
      "failure":"HTTP 500"}],\
      "tokenSince":"2026-06-01T01:00:00Z",\
      "alarms":[{"code":"OUTAGE","about":"file 12","since":"2026-06-01T09:00:00Z",\
      "message":"Onefile does not answer."}],\
      "troubles":[{"stage":"intake","about":"feed inbox","since":"2026-06-01T09:00:00Z",\
      "lastFailedAt":"2026-06-01T09:30:00Z","what":"Files can't be accepted.","reason":"full"}],\
      "day":{"zone":"Europe/London","from":"2026-05-31T23:00:00Z",\
      "until":"2026-06-01T23:00:00Z","parts":[{"from":"2026-05-31T23:00:00Z",\
      "until":"2026-06-01T23:00:00Z","callsPerMinute":"240","source":"plan","plan":"office",\
      "closed":"release"}]},\
      "traffic":{"since":"2026-05-31T10:00:00Z","delivered":1,"failed":2,"again":3,\
      "halfHours":[{"from":"2026-06-01T09:30:00Z","delivered":1,"failed":2,"again":3}]}}"""
          .formatted(FILE);

  private static final String VERIFICATION =
      """
      {"state":"done","of":"of file 12","onDrift":"keep","startedAt":"2026-06-01T10:00:00Z",\
      "endedAt":"2026-06-01T10:10:00Z","waits":"Closed.","learners":1,"levels":9,\
      "notCompared":[{"level":3,"slots":9,"why":"Onefile's answer names no IQA"}],"learnersRead":2,\
      "equal":3,"drifted":4,"changed":5,"notSaid":6,"notFound":7,"failed":8,\
      "kept":10,"newlyKept":11,"forgotten":12,\
      "drifts":[{"learner":501001,"slot":"default/assessor","ledger":700001,"onefile":700009,\
      "listed":true}],\
      "notRead":[{"learner":501003,"why":"HTTP 404"}]}""";

  private static final String DRY_RUN =
      """
      {"file":"export.csv","no":12,"feed":"inbox","fault":"none","refused":"no","rows":{"planned":2},\
      "sent":{"adds":1,"changes":2,"repeats":3,"digest":"0a1b2c"},"gone":{"slots":4,"lastFile":5},\
      "invalid":{"BAD_ID":1},"ignored":{"IGNORED":2},"held":"SHRUNK","heldWhy":"It shrank.",\
      "calls":{"amount":3,"before":1,"minutes":2,"finishAt":"2026-06-01T10:10:00Z"},\
      "lists":{"changes":[{"row":1,"learner":501001,"slot":"default/assessor","from":1,"to":2}],\
      "invalid":[{"row":2,"rows":3,"codes":"BAD_ID","message":"Correct it."}],\
      "gone":[{"learner":501001,"slot":"default/iqa","assignee":9}]},\
      "outputs":{"rows":"a.csv","requests":"b.txt"}}""";

  private static final Set<String> NULLABLE =
      Set.of(
          "code",
          "message",
          "doneAt",
          "learner",
          "slot",
          "pace",
          "tokenSince",
          "day",
          "endedAt",
          "waits",
          "fault",
          "refused",
          "held",
          "heldWhy");

  private record Document(Class<?> type, String text) {
    @Override
    public String toString() {
      return type.getSimpleName();
    }
  }

  static List<Document> documents() {
    return List.of(
        new Document(Status.class, STATUS),
        new Document(Status.FileNow.class, FILE),
        new Document(Histories.RowNow.class, ROW),
        new Document(
            Histories.FileDetails.class,
            "{\"file\":%s,\"rows\":[%s],\"furtherRows\":1}".formatted(FILE, ROW)),
        new Document(
            AppliedNow.class,
            """
            {"file":%s,"asked":{"learner":501001,"slot":"default/assessor","assignee":9,"held":7,\
            "path":"User/501001","payload":"{}"},"row":%s,"waits":"Closed."}"""
                .formatted(FILE, ROW)),
        new Document(Report.class, VERIFICATION),
        new Document(DryRunReport.class, DRY_RUN));
  }

  @ParameterizedTest
  @MethodSource("documents")
  void anAnswerThatIsReadAndWrittenIsTheSame(Document it) throws Exception {
    Object read = Json.MAPPER.readValue(it.text(), it.type());

    assertThat(Json.MAPPER.writeValueAsString(read)).isEqualTo(it.text());
  }

  @ParameterizedTest
  @MethodSource("documents")
  void aMemberWithoutAValueIsNull(Document it) throws Exception {
    ObjectNode document = (ObjectNode) Json.MAPPER.readTree(it.text());
    NULLABLE.stream().filter(document::has).forEach(document::putNull);

    Object read = Json.MAPPER.treeToValue(document, it.type());

    assertThat(Json.MAPPER.writeValueAsString(read)).isEqualTo(document.toString());
  }
}
