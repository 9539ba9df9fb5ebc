package orders;

import org.springframework.data.jpa.repository.JpaRepository;

/** The purchases there are. */
public interface Purchases extends JpaRepository<Purchase, Long> {}
