package io.github.dataspaces.runtime.embedded;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A shared library that a server's programs need and this machine lacks, as the loader tells it.
 *
 * @param name its file's name, for example {@code libsystemd.so.0}
 */
record MissingLibrary(String name) {

  private static final Pattern LOADER =
      Pattern.compile("error while loading shared libraries: ([^:\\s]+): cannot open");

  private static final Pattern VERSIONED = Pattern.compile("(.+?)\\.so\\.([0-9]+).*");

  static Optional<MissingLibrary> in(String output) {
    Matcher matcher = LOADER.matcher(output);
    return matcher.find() ? Optional.of(new MissingLibrary(matcher.group(1))) : Optional.empty();
  }

  DataspaceException of(String flavour) {
    return new DataspaceException(
        Reason.INFRASTRUCTURE,
        "The native server of %s needs the library %s, which this machine does not have."
            .formatted(flavour, name),
        "Install it%s, or use runtime=docker."
            .formatted(
                debianPackage()
                    .map(" (on Debian or Ubuntu: apt-get install %s)"::formatted)
                    .orElse("")));
  }

  /** Debian names packages of libraries by a rule. */
  private Optional<String> debianPackage() {
    Matcher matcher = VERSIONED.matcher(name);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String base = matcher.group(1).toLowerCase(Locale.ROOT).replace('_', '-');
    boolean endsInDigit = Character.isDigit(base.charAt(base.length() - 1));
    return Optional.of(base + (endsInDigit ? "-" : "") + matcher.group(2));
  }
}
