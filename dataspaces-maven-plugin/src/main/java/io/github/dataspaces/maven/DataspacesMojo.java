package io.github.dataspaces.maven;

import io.github.dataspaces.Dataspaces;
import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import javax.inject.Inject;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.AbstractMojoExecutionException;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.apache.maven.project.ProjectDependenciesResolver;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.eclipse.aether.RepositorySystem;
import org.jspecify.annotations.Nullable;

/**
 * What all goals have in common: where the home is, whether to do anything, and how trouble is
 * told.
 */
abstract class DataspacesMojo extends AbstractMojo {

  @Inject private RepositorySystem repositories;

  @Inject private ProjectDependenciesResolver dependencies;

  @Inject private SettingsDecrypter decrypter;

  @Parameter(defaultValue = "${session}", readonly = true, required = true)
  private MavenSession session;

  @Parameter(defaultValue = "${project}", readonly = true, required = true)
  private MavenProject project;

  @Parameter(defaultValue = "${mojoExecution}", readonly = true, required = true)
  private MojoExecution execution;

  /** Turns every goal off: {@code true} or {@code false}. */
  @Parameter(property = "dataspaces.skip")
  private @Nullable String skip;

  /**
   * The folder that holds everything. By default {@code ~/.dataspaces}, or {@code DATASPACES_HOME}.
   */
  @Parameter(property = "dataspaces.home")
  private @Nullable String home;

  @Override
  public final void execute() throws MojoExecutionException, MojoFailureException {
    Typos.in(session.getUserProperties(), execution.getMojoDescriptor().getPluginDescriptor())
        .forEach(getLog()::warn);
    try {
      Request request =
          Request.of(
              session,
              project,
              new InjectedParameters(this, ExportedProperties.of(project)),
              decrypter);
      if (request.flag("skip")) {
        getLog().info("Skipped, because dataspaces.skip is set.");
      } else if (isTurn(request)) {
        run(request);
      }
    } catch (DataspaceException e) {
      tell(e);
    }
  }

  /** Does the goal's work. */
  abstract void run(Dataspaces dataspaces, Request request);

  /**
   * Whether the goal is meant for the folder that Maven was started in, and not for every module of
   * the build: so it is if typed.
   */
  boolean isOncePerReactor(Request request) {
    return execution.getSource() == MojoExecution.Source.CLI;
  }

  /** Trouble fails the build, unless a goal knows better. */
  void tell(DataspaceException trouble) throws MojoExecutionException, MojoFailureException {
    if (trouble.reason() == Reason.INFRASTRUCTURE) {
      throw withStack(new MojoExecutionException(trouble.getMessage()), trouble);
    }
    throw withStack(new MojoFailureException(trouble.getMessage()), trouble);
  }

  /** The module's project, or the stand-in that Maven has where there is no pom. */
  final MavenProject project() {
    return project;
  }

  /** Whether a person may be asked something. */
  final boolean isInteractive() {
    return session.getRequest().isInteractiveMode() && Terminal.isPresent();
  }

  final StandardOutput output() {
    return StandardOutput.of(session);
  }

  private void run(Request request) {
    RepositoryArtifacts artifacts = new RepositoryArtifacts(repositories, session, project);
    PluginDescriptor plugin = execution.getMojoDescriptor().getPluginDescriptor();
    try (ProjectLibraries libraries =
            new ProjectLibraries(repositories, dependencies, session, project, plugin);
        ProgressDisplay progress =
            ProgressDisplay.of(session.getRequest().isInteractiveMode(), getLog());
        Dataspaces dataspaces =
            Dataspaces.at(request.home())
                .artifacts(artifacts)
                .libraries(libraries)
                .progress(progress)
                .open()) {
      run(dataspaces, request);
    }
  }

  private boolean isTurn(Request request) {
    return project.equals(session.getTopLevelProject()) || !isOncePerReactor(request);
  }

  /**
   * The cause is kept for {@code -e}, but not as the cause: Maven would add its text to the
   * message.
   */
  private static <T extends AbstractMojoExecutionException> T withStack(
      T failure, DataspaceException trouble) {
    failure.addSuppressed(trouble);
    return failure;
  }
}
