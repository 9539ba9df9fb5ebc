package io.github.dataspaces.junit;

import io.github.dataspaces.Dataspaces;
import io.github.dataspaces.config.DataspaceSpec;
import io.github.dataspaces.config.RuntimeChoice;
import io.github.dataspaces.config.SqlScript;
import java.util.List;

/** A dataspace as a user would have made it, with a snapshot {@code with-ben}. */
final class Donor {

  private Donor() {}

  /** Does something while there are its snapshots, but not the dataspace itself. */
  static void during(String name, Runnable action) {
    try (Dataspaces dataspaces = Dataspaces.at(SampleRun.HOME).open()) {
      io.github.dataspaces.Dataspace donor = dataspaces.create(spec(name));
      try {
        donor.snapshot("with-ben", true);
      } finally {
        donor.destroy(false);
      }
      try {
        action.run();
      } finally {
        dataspaces
            .snapshots(name)
            .forEach(
                snapshot ->
                    dataspaces.deleteSnapshot(
                        new io.github.dataspaces.config.SnapshotReference(name, snapshot.name())));
      }
    }
  }

  private static DataspaceSpec spec(String name) {
    String sql = "create table customer (name text); insert into customer values ('ada'), ('ben')";
    return DataspaceSpec.named(name)
        .runtime(RuntimeChoice.EMBEDDED)
        .username("tester")
        .seed(List.of(new SqlScript("customers", sql)))
        .build();
  }
}
