package uk.onefileroutes.ports;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LoginQueueTest {
  private static final long REFILL = LoginQueue.REFILL.toNanos();

  private long now = Long.MAX_VALUE - Duration.ofSeconds(1).toNanos(); // a clock may overflow
  private final LoginQueue<Login> queue = new LoginQueue<>(now);

  private record Login(String name, boolean isGone) implements LoginQueue.Waiting {}

  @Test
  void guessesAreAsManyAsTheBudgetHoweverManyWait() {
    offer("attacker", 60);

    assertThat(turns()).hasSize(LoginQueue.BURST);
    assertThat(turns()).isEmpty();
    now += 10 * REFILL; // more than a burst is not saved up
    assertThat(turns()).hasSize(LoginQueue.BURST);
    int looked = 0;
    for (int i = 0; i < 8; i++) {
      now += REFILL;
      looked += turns().size();
    }
    assertThat(looked).isEqualTo(8);
  }

  @Test
  void rightLoginsUseNothingUp() {
    for (int i = 0; i < 100; i++) {
      offer("owner", 1);
      assertThat(turns()).hasSize(1);
      queue.giveBack();
    }
    queue.giveBack();
    offer("attacker", 60);
    assertThat(turns()).as("giving back saves nothing up").hasSize(LoginQueue.BURST);
  }

  @Test
  void nobodyWaitsBehindTheGuessesOfAnotherClient() {
    offer("attacker", 60);
    assertThat(turns()).hasSize(LoginQueue.BURST);
    offer("owner", 1);

    now += 2 * REFILL;
    assertThat(turns()).contains("owner 0");
  }

  @Test
  void ofOneClientTheFirstToComeIsTheFirstToBeLookedAt() {
    offer("client", 7);
    List<String> turns = turns();
    now += 2 * REFILL;
    turns.addAll(turns());
    assertThat(turns)
        .containsExactly(
            "client 0", "client 1", "client 2", "client 3", "client 4", "client 5", "client 6");
    assertThat(queue.isEmpty()).isTrue();
  }

  @Test
  void whoeverIsOverTheLimitIsRefusedAndTheOthersAreNot() {
    assertThat(offer("attacker", LoginQueue.MAX_OF_CLIENT)).isTrue();
    assertThat(offer("attacker", 1)).isFalse();
    assertThat(offer("owner", 1)).isTrue();
    for (int client = 0; client < 2; client++) {
      assertThat(offer("attacker " + client, LoginQueue.MAX_OF_CLIENT)).isTrue();
    }
    assertThat(offer("last", LoginQueue.MAX_OF_CLIENT - 1)).as("the limit of all").isTrue();
    assertThat(offer("one more", 1)).isFalse();
  }

  @Test
  void whoeverIsGoneHoldsNoPlaceAndUsesNothingUp() {
    for (int i = 0; i < LoginQueue.MAX_OF_CLIENT; i++) {
      assertThat(queue.offer("client", new Login("gone", true))).isTrue();
    }
    assertThat(offer("client", 1)).isTrue();
    assertThat(turns()).containsExactly("client 0");
    assertThat(queue.offer("client", new Login("gone", true))).isTrue();
    assertThat(offer("client", LoginQueue.BURST)).isTrue();
    assertThat(turns()).hasSize(LoginQueue.BURST - 1).doesNotContain("gone");
  }

  private boolean offer(String client, int howMany) {
    boolean all = true;
    for (int i = 0; i < howMany; i++) {
      all &= queue.offer(client, new Login(client + " " + i, false));
    }
    return all;
  }

  private List<String> turns() {
    List<String> turns = new ArrayList<>();
    for (Optional<Login> next = queue.next(now); next.isPresent(); next = queue.next(now)) {
      turns.add(next.get().name());
    }
    return turns;
  }
}
