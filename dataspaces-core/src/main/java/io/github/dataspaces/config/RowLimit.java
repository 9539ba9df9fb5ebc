package io.github.dataspaces.config;

import io.github.dataspaces.config.DataspaceException.Reason;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which rows of a table are wanted. Immutable.
 *
 * @param condition what they have to satisfy, as SQL says it behind {@code where}
 * @param rows how many of those, the first in the order of the primary key; empty for all
 */
public record RowLimit(Optional<String> condition, Optional<Rows> rows) {

  /** All of them. */
  static final RowLimit NONE = new RowLimit(Optional.empty(), Optional.empty());

  /** The same with a condition. */
  RowLimit where(String text) {
    return new RowLimit(Optional.of(text), rows);
  }

  /** The same with a number. */
  RowLimit first(Rows number) {
    return new RowLimit(condition, Optional.of(number));
  }

  /**
   * A number of rows, or a share of them.
   *
   * @param number how many, or how many of a hundred
   * @param percent whether it is a share
   */
  public record Rows(BigDecimal number, boolean percent) {

    private static final Pattern TEXT = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)\\s*(%?)");
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /**
     * @param text for example {@code 1000}, {@code 1%} or {@code 0.5%}
     * @throws DataspaceException {@link Reason#INVALID} for anything else
     */
    static Rows parse(String table, String text) {
      Matcher matcher = TEXT.matcher(text.trim());
      if (matcher.matches()) {
        BigDecimal number = new BigDecimal(matcher.group(1));
        boolean percent = !matcher.group(2).isEmpty();
        boolean possible = percent ? number.compareTo(HUNDRED) <= 0 : number.scale() <= 0;
        if (possible && number.precision() - number.scale() <= 18) {
          return new Rows(number, percent);
        }
      }
      throw new DataspaceException(
          Reason.INVALID,
          "rows: '%s' is no number of rows of '%s'.".formatted(text.trim(), table),
          "Write a number, or a share such as 1%.");
    }

    /** How many of so many, rounded up: a share of a few is one row. */
    public long of(long total) {
      return percent
          ? number
              .multiply(BigDecimal.valueOf(total))
              .divide(HUNDRED, 0, RoundingMode.CEILING)
              .longValueExact()
          : number.longValueExact();
    }

    @Override
    public String toString() {
      return number.toPlainString() + (percent ? "%" : "");
    }
  }
}
