package orders;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.RepeatedTest;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.annotation.DirtiesContext;

/** Contexts may be closed and made anew; the database outlasts them. */
class ThirdTest extends DatabaseTest {

  @Autowired Purchases purchases;

  @RepeatedTest(2)
  @DirtiesContext
  void seesOnlyItsOwn() {
    assertThat(purchases.findAll()).extracting(Purchase::getItem).containsExactly("the first");
    purchases.save(new Purchase("of Third"));
    assertThat(purchases.count()).isEqualTo(2);
  }
}
