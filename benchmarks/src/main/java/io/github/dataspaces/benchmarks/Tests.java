package io.github.dataspaces.benchmarks;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** Runs test classes with JUnit; nothing is measured of a run in which one has failed. */
final class Tests {

  private Tests() {}

  static void run(Map<String, String> parameters, List<Class<?>> classes) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(classes.stream().map(type -> selectClass(type)).toList())
            .configurationParameters(parameters)
            .build();
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create().execute(request, listener);
    if (listener.getSummary().getTotalFailureCount() > 0) {
      listener.getSummary().printFailuresTo(new PrintWriter(System.err, true));
      throw new IllegalStateException("tests failed");
    }
  }
}
