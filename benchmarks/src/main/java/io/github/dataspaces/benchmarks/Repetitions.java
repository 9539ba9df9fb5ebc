package io.github.dataspaces.benchmarks;

import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/** Repeats a test while there is something left to measure; JUnit asks for one after the other. */
final class Repetitions implements TestTemplateInvocationContextProvider {

  @Override
  public boolean supportsTestTemplate(ExtensionContext context) {
    return true;
  }

  @Override
  public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
      ExtensionContext context) {
    return Stream.<TestTemplateInvocationContext>generate(Repetition::new)
        .takeWhile(repetition -> Gaps.more());
  }

  private static final class Repetition implements TestTemplateInvocationContext {}
}
