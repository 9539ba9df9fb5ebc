package io.github.dataspaces.dump;

import io.github.dataspaces.dump.TocEntry.Section;
import java.util.Set;

/** Archives of 9.0 do not tell when an entry is restored. */
final class OldSections {

  private static final Set<String> NONE = Set.of("COMMENT", "ACL", "ACL LANGUAGE");
  private static final Set<String> DATA =
      Set.of("TABLE DATA", "BLOBS", "BLOB COMMENTS", "SEQUENCE SET");
  private static final Set<String> POST_DATA =
      Set.of("CONSTRAINT", "CHECK CONSTRAINT", "FK CONSTRAINT", "INDEX", "RULE", "TRIGGER");

  private OldSections() {}

  static Section of(String type) {
    if (NONE.contains(type)) {
      return Section.NONE;
    }
    return DATA.contains(type)
        ? Section.DATA
        : POST_DATA.contains(type) ? Section.POST_DATA : Section.PRE_DATA;
  }
}
