package io.github.dataspaces.benchmarks;

import com.github.database.rider.core.api.configuration.Orthography;
import com.github.database.rider.core.api.dataset.SeedStrategy;
import com.github.database.rider.core.configuration.DBUnitConfig;
import com.github.database.rider.core.configuration.DataSetConfig;
import com.github.database.rider.core.dataset.DataSetExecutorImpl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Database Rider's CLEAN_INSERT of a data set before each test. */
final class Rider implements Peer {

  private final OwnServer server;
  private final DataSetExecutorImpl executor;
  private final DataSetConfig dataSet;

  Rider(Schema schema, Path folder) throws SQLException, IOException {
    this.server = new OwnServer(schema, folder);
    server.execute(schema.definitions());
    Connection connection = server.connect();
    // it remembers connections by the name
    this.executor = DataSetExecutorImpl.instance(server.url(), () -> connection);
    executor.setDBUnitConfig(
        new DBUnitConfig("benchmark")
            .addDBUnitProperty("batchedStatements", true)
            .addDBUnitProperty("batchSize", 1000)
            .addDBUnitProperty("caseSensitiveTableNames", true)
            .caseInsensitiveStrategy(Orthography.LOWERCASE));
    Path file = Files.createTempFile("rows", ".xml");
    Files.writeString(file, rows(schema));
    this.dataSet = new DataSetConfig(file.toUri().toString()).strategy(SeedStrategy.CLEAN_INSERT);
  }

  private static String rows(Schema schema) {
    return IntStream.range(0, schema.tables())
        .mapToObj(table -> rows(table, schema.rows()))
        .collect(Collectors.joining("", "<dataset>\n", "</dataset>\n"));
  }

  private static String rows(int table, int number) {
    return IntStream.rangeClosed(1, number)
        .mapToObj(
            i ->
                "<t%1$d id=\"%2$d\" name=\"row %2$d\" amount=\"%3$s\"/>\n"
                    .formatted(table, i, i * 1.5))
        .collect(Collectors.joining());
  }

  @Override
  public Connection clean() throws SQLException {
    executor.createDataSet(dataSet);
    return server.connect();
  }

  @Override
  public void close() {
    server.close();
  }
}
