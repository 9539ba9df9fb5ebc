package orders;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class SecondTest extends DatabaseTest {

  @Autowired Purchases purchases;

  @RepeatedTest(3)
  void seesOnlyItsOwn() {
    assertThat(purchases.findAll()).extracting(Purchase::getItem).containsExactly("the first");
    purchases.save(new Purchase("of Second"));
    assertThat(purchases.count()).isEqualTo(2);
  }

  @Test
  void removesWhatOthersNeed() {
    purchases.deleteAll();
    assertThat(purchases.count()).isZero();
  }
}
