package uk.onefileroutes.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeysTest {
  private final List<String> faults = new ArrayList<>();

  @ParameterizedTest
  @CsvSource({
    "onefile.customer-token, hunter2, ***",
    "ledger.password, hunter2, ***",
    "sftp.key-passphrase, hunter2, ***",
    "ledger.url, jdbc:x://db/ledger?user=me&password=hunter2&ssl=true, jdbc:x://db/ledger?user=me&password=***&ssl=true",
    "ledger.url, jdbc:h2:mem:x;PASSWORD=hunter2;A=B, jdbc:h2:mem:x;PASSWORD=***;A=B",
    "onefile.base-url, https://me:hunter2@onefile.example/api, https://***@onefile.example/api",
    "onefile.base-url, https://onefile.example/api, https://onefile.example/api",
    "onefile.customer-token-file, /run/token, /run/token"
  })
  void aFaultShowsTheValueButNoSecret(String key, String value, String shown) {
    Key<String> declared = shown.equals("***") ? Key.secret(key) : Key.text(key);
    keys(Map.of(key, value)).refuse(declared, "bad", "correct it");

    assertThat(faults).containsExactly("file: " + key + "=" + shown + ": bad; correct it");
  }

  @Test
  void anUnknownKeyIsNamedWithoutItsValue() {
    KeyTable.Topic topic = new KeyTable.Topic("the ledger");
    topic.add(Key.secret("ledger.password"));
    keys(Map.of("ledger.pasword", "hunter2")).refuseUnknown(new KeyTable(topic));

    assertThat(faults)
        .containsExactly("file: ledger.pasword: unknown key; did you mean ledger.password?");
  }

  private Keys keys(Map<String, String> values) {
    return new Keys("file", values, faults);
  }
}
