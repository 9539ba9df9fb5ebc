package io.github.dataspaces.reset;

import io.github.dataspaces.config.DataspaceException;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done to the folders of PostgreSQL's clones by the server's own system, in the name of the
 * server's user, wherever that is. Databases and templates are given by their numbers. Nothing is
 * done where there is no POSIX shell. Used by one thread.
 */
final class FolderPrograms {

  private static final Logger LOG = LoggerFactory.getLogger(FolderPrograms.class);

  private static final String LISTING =
      """
      mkdir -p $clones/$template
      ls base/$template > $clones/$template/list
      for folder in base/$template $clones/$template dataspaces_large/$template; do
        test ! -d $folder || find $folder -type f -exec touch -t 200001010000 {} +
      done
      """;

  private static final String MOVING =
      """
      find base/$clone -type f -exec touch -t 200001010000 {} +
      mv base/$clone $clones/$template/$clone
      ln -s ../$clones/$template/$clone base/$clone || {
        mv $clones/$template/$clone base/$clone
        exit 1
      }
      """;

  /** What has changed in the folder of another template's clone is not known. */
  private static final String RENEWAL =
      """
      test -h base/$old
      test base/$old/../list -ef $clones/$template/list
      if test -n "$foreign"; then
        cd base/$old
        rm $foreign
        cd ../..
      fi
      if test -n "$missing"; then
        cd base/$template
        cp -p $missing ../$old/
        cd ../..
        if test -d dataspaces_large/$template; then
          cd dataspaces_large/$template
          for file in $missing; do
            test ! -e $file || cp -p --reflink=always $file ../../base/$old/
          done
          cd ../..
        fi
      fi
      exec mv base/$old base/$next
      """;

  private static final String REMOVAL =
      """
      if test -h base/$gone; then rm -rf base/$(readlink base/$gone) base/$gone; fi
      rm -f $clones/$gone/list
      rmdir $clones/* $clones 2> /dev/null || true
      """;

  private static final String SWEEPING =
      """
      links=' '
      for link in base/*; do
        if test -h $link; then
          case " $databases " in
            *" ${link#base/} "*) links="$links$(readlink $link) " ;;
            *) rm $link ;;
          esac
        fi
      done
      for folder in $clones/*/*/; do
        case "$links" in
          *" ../${folder%/} "*) ;;
          *) rm -rf $folder ;;
        esac
      done
      for folder in $clones/*; do
        case " $databases " in
          *" ${folder#$clones/} "*) ;;
          *) rm -f $folder/list ;;
        esac
      done
      rmdir $clones/* $clones 2> /dev/null || true
      """;

  private final AdminConnection admin;

  FolderPrograms(AdminConnection admin) {
    this.admin = admin;
  }

  /** Notes a template's files, and dates them. */
  void list(String template) {
    run(LISTING, "template=%s".formatted(template));
  }

  /** Puts the folder of a clone, to which nobody has connected, where it can stay. */
  void setAside(String template, String clone) {
    run(MOVING, "template=%s clone=%s".formatted(template, clone));
  }

  /**
   * Makes the folder that a dropped database has left that of a new one.
   *
   * @param foreign files to remove
   * @param missing files to copy from the template
   * @return whether that was done
   */
  boolean renew(
      String template, String old, String next, Set<String> foreign, Set<String> missing) {
    return run(
        RENEWAL,
        "template=%s old=%s next=%s foreign='%s' missing='%s'"
            .formatted(template, old, next, String.join(" ", foreign), String.join(" ", missing)));
  }

  /** Removes what a dropped database, or template, has left. */
  void remove(String gone) {
    run(REMOVAL, "gone=%s".formatted(gone));
  }

  /**
   * Removes what belongs to no database any more.
   *
   * @param databases the numbers of all that there are, separated by blanks
   */
  void sweep(String databases) {
    run(SWEEPING, "databases='%s'".formatted(databases));
  }

  /** Begins with what only a POSIX shell knows, so that nothing happens elsewhere. */
  private boolean run(String program, String variables) {
    try {
      admin.runProgram(
          "clones=%s %s\nset -e\n%s".formatted(CloneFolders.FOLDER, variables, program));
      return true;
    } catch (DataspaceException e) {
      LOG.debug("Folders of clones are not used again: {}", e.problem());
      return false;
    }
  }
}
