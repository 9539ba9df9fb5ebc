package io.github.dataspaces.prepare;

import io.github.dataspaces.dump.TocEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What has to be run for an entry of an archive. */
final class ArchiveStatements {

  private static final String SCHEMA = "SCHEMA";

  private static final Set<String> OWNED =
      Set.of(
          "AGGREGATE",
          "COLLATION",
          "CONVERSION",
          "DOMAIN",
          "EVENT TRIGGER",
          "FOREIGN DATA WRAPPER",
          "FOREIGN TABLE",
          "FUNCTION",
          "MATERIALIZED VIEW",
          "OPERATOR",
          "OPERATOR CLASS",
          "OPERATOR FAMILY",
          "PROCEDURAL LANGUAGE",
          "PROCEDURE",
          "PUBLICATION",
          SCHEMA,
          "SEQUENCE",
          "SERVER",
          "STATISTICS",
          "SUBSCRIPTION",
          "TABLE",
          "TEXT SEARCH CONFIGURATION",
          "TEXT SEARCH DICTIONARY",
          "TYPE",
          "VIEW");

  private static final String LARGE_OBJECT = "BLOB";

  /** Since version 17 one entry is for many, and its definition is their identifiers. */
  private static final String LARGE_OBJECTS = "BLOB METADATA";

  /** What makes large objects, without what is in them. */
  static final Set<String> MAKE_LARGE_OBJECTS = Set.of(LARGE_OBJECT, LARGE_OBJECTS);

  private static final Pattern REMOVAL = Pattern.compile("(?s)DROP (?!.*\\n.*\\S)(.+?);\\s*");

  private ArchiveStatements() {}

  /**
   * @param self who restores it, and thus owns what is made
   */
  static List<String> of(TocEntry entry, String self) {
    String owner = entry.owner();
    String role = "\"" + owner.replace("\"", "\"\"") + "\"";
    boolean another = !owner.isEmpty() && !owner.equals(self);
    if (entry.type().equals(LARGE_OBJECTS)) {
      return largeObjects(entry, another ? role : "");
    }
    List<String> statements = new ArrayList<>();
    if (!entry.definition().isBlank()) {
      statements.add(entry.definition());
    }
    if (another) {
      owned(entry)
          .ifPresent(object -> statements.add("alter %s owner to %s".formatted(object, role)));
    }
    return statements;
  }

  /** What is owned, as a statement names it. */
  private static Optional<String> owned(TocEntry entry) {
    Matcher removal = REMOVAL.matcher(entry.removal());
    if (entry.type().equals(LARGE_OBJECT)) {
      return Optional.of("large object " + entry.tag());
    }
    if (OWNED.contains(entry.type()) && removal.matches()) {
      return Optional.of(removal.group(1));
    }
    // one that every database has is neither made nor removed
    return entry.type().equals(SCHEMA)
        ? Optional.of("schema \"%s\"".formatted(entry.tag().replace("\"", "\"\"")))
        : Optional.empty();
  }

  private static List<String> largeObjects(TocEntry entry, String owner) {
    List<String> statements = new ArrayList<>();
    for (String oid : entry.definition().split("\\s+")) {
      if (oid.matches("[0-9]+")) {
        statements.add("select pg_catalog.lo_create(%s)".formatted(oid));
        if (!owner.isEmpty()) {
          statements.add("alter large object %s owner to %s".formatted(oid, owner));
        }
      }
    }
    return statements;
  }
}
