package uk.onefileroutes.onefile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which accounts count as archived. */
class ListingTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"ID":1}                               | false
          {"ID":1,"Archived":true}               | true
          {"ID":1,"isArchived":"true"}           | true
          {"ID":1,"Archived":false}              | false
          {"ID":1,"Archived":null}               | false
          {"ID":1,"Status":"Archived"}           | true
          {"ID":1,"Status":"Suspended"}          | false
          {"ID":1,"Suspended":true}              | false
          {"ID":1,"IsSuspended":true,"Status":2} | false""")
  void onlyWhatIsMarkedSo(String account, boolean archived) throws Exception {
    assertThat(Listing.isArchived(new ObjectMapper().readTree(account))).isEqualTo(archived);
  }
}
