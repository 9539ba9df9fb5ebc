package io.github.dataspaces.junit;

import io.github.dataspaces.Dataspaces;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Skips a class where no container engine answers, and says so in one line; runs it, and so lets it
 * fail, with {@code DATASPACES_TEST_DOCKER=required}.
 */
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RequiresDocker.Condition.class)
@interface RequiresDocker {

  final class Condition implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      if ("required".equals(System.getenv("DATASPACES_TEST_DOCKER"))) {
        return ConditionEvaluationResult.enabled("Docker is required");
      }
      try (Dataspaces dataspaces = Dataspaces.at(SampleRun.HOME).open()) {
        return dataspaces.setup().stream()
            .filter(check -> check.what().equals("runtime docker") && !check.ok())
            .findFirst()
            .map(check -> skipped(context, check.detail()))
            .orElseGet(() -> ConditionEvaluationResult.enabled("an engine answers"));
      }
    }

    private static ConditionEvaluationResult skipped(ExtensionContext context, String why) {
      System.out.printf("SKIPPED %s: %s%n", context.getDisplayName(), why);
      return ConditionEvaluationResult.disabled(why);
    }
  }
}
