package io.github.dataspaces.runtime.embedded;

import io.github.dataspaces.config.ArtifactResolver;
import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.flavour.Flavour;
import io.github.dataspaces.flavour.NativeRecipe;
import io.github.dataspaces.flavour.NativeRecipe.Artifact;
import io.github.dataspaces.home.Home;
import io.github.dataspaces.home.Locks;
import io.github.dataspaces.process.Platform;
import io.github.dataspaces.storage.DirectoryStorage;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the binaries of a native server and unpacks them once for the whole home.
 *
 * <p>In this order: unpacked already, on the class path, in the repositories of the build.
 */
final class Binaries {

  private static final Pattern VERSION_IN_FILE_NAME =
      Pattern.compile("-([0-9]+(?:\\.[0-9]+)+)\\.jar");

  private static final String SCRATCH = ".scratch";

  private final Home home;
  private final Locks locks;
  private final ArtifactResolver resolver;

  Binaries(Home home, Locks locks, ArtifactResolver resolver) {
    this.home = home;
    this.locks = locks;
    this.resolver = resolver;
  }

  /**
   * Unpacked programs.
   *
   * @param folder holds {@code bin}, {@code lib}, {@code share}
   * @param version the artifact's
   */
  record Unpacked(Path folder, String version) {}

  /**
   * @param version as asked for; empty for whichever the class path has, or else the flavour's
   *     default
   */
  Unpacked find(Flavour flavour, NativeRecipe recipe, String version) {
    Artifact artifact = recipe.artifact(Platform.current()).orElseThrow(() -> none(flavour));
    List<ClassPathJar> jars = onClassPath(artifact);
    if (version.isEmpty() && !jars.isEmpty()) {
      return unpack(artifact, jars.get(0).version(), jars.get(0).url());
    }
    String asked = version.isEmpty() ? recipe.versions().get(0) : version;
    Optional<ClassPathJar> brought =
        jars.stream().filter(jar -> covers(asked, jar.version())).findFirst();
    if (brought.isPresent()) {
      return unpack(artifact, brought.get().version(), brought.get().url());
    }
    Optional<String> exact = recipe.artifactVersion(asked);
    return exact
        .flatMap(known -> unpacked(artifact, known).or(() -> fetched(artifact, known)))
        .or(() -> newestUnpacked(artifact, asked))
        .orElseThrow(
            () ->
                exact
                    .map(known -> missing(flavour, asked, artifact, known))
                    .orElseGet(() -> unknown(flavour, asked, recipe)));
  }

  private Optional<Unpacked> fetched(Artifact artifact, String version) {
    return resolver
        .resolve(artifact.groupId(), artifact.artifactId(), version)
        .map(jar -> unpack(artifact, version, resource(artifact, jar)));
  }

  private static URL resource(Artifact artifact, Path jar) {
    try {
      return URI.create("jar:%s!/%s".formatted(jar.toUri(), artifact.resource())).toURL();
    } catch (MalformedURLException e) {
      throw unreadable(artifact, e);
    }
  }

  private record ClassPathJar(URL url, String version) {}

  private List<ClassPathJar> onClassPath(Artifact artifact) {
    ClassLoader loader =
        Optional.ofNullable(Thread.currentThread().getContextClassLoader())
            .orElse(getClass().getClassLoader());
    try {
      return Collections.list(loader.getResources(artifact.resource())).stream()
          .map(Binaries::jar)
          .sorted(Comparator.comparing(ClassPathJar::version, Versions.ORDER).reversed())
          .toList();
    } catch (IOException e) {
      throw unreadable(artifact, e);
    }
  }

  private static ClassPathJar jar(URL url) {
    Matcher matcher = VERSION_IN_FILE_NAME.matcher(url.toString());
    return new ClassPathJar(url, matcher.find() ? matcher.group(1) : "0");
  }

  private Optional<Unpacked> unpacked(Artifact artifact, String version) {
    Path folder = home.runtime(artifact.artifactId() + "-" + version);
    return Files.isDirectory(folder)
        ? Optional.of(new Unpacked(folder, version))
        : Optional.empty();
  }

  private Optional<Unpacked> newestUnpacked(Artifact artifact, String asked) {
    String prefix = artifact.artifactId() + "-";
    return Home.namesIn(home.runtimes()).stream()
        .filter(name -> name.startsWith(prefix))
        .map(name -> name.substring(prefix.length()))
        .filter(version -> covers(asked, version))
        .max(Versions.ORDER)
        .flatMap(version -> unpacked(artifact, version));
  }

  private Unpacked unpack(Artifact artifact, String version, URL resource) {
    String name = artifact.artifactId() + "-" + version;
    Optional<Unpacked> present = unpacked(artifact, version);
    if (present.isPresent()) {
      return present.get();
    }
    try (Locks.Held lock = locks.acquire(lockName(name))) {
      return unpacked(artifact, version)
          .orElseGet(() -> unpackNow(artifact, name, version, resource));
    }
  }

  private Unpacked unpackNow(Artifact artifact, String name, String version, URL resource) {
    Path scratch = home.runtime("." + name + SCRATCH);
    Path target = home.runtime(name);
    try {
      URLConnection connection = resource.openConnection();
      // or else the jar stays open
      connection.setUseCaches(false);
      if (artifact.tree().isPresent()) {
        JarTree.unpack(connection, artifact.tree().get().of(version), scratch);
      } else {
        TarXz.unpack(connection, scratch);
      }
      Files.move(scratch, target);
      return new Unpacked(target, version);
    } catch (IOException e) {
      throw unreadable(artifact, e);
    }
  }

  private static String lockName(String name) {
    return ".runtime-" + name;
  }

  /** Removes what processes were unpacking that died; says which folders. */
  List<Path> sweep() {
    return Home.namesIn(home.runtimes()).stream()
        .filter(folder -> folder.startsWith(".") && folder.endsWith(SCRATCH))
        .flatMap(folder -> sweep(folder).stream())
        .toList();
  }

  private Optional<Path> sweep(String folder) {
    String name = folder.substring(1, folder.length() - SCRATCH.length());
    Path scratch = home.runtime(folder);
    Optional<Locks.Held> lock = locks.tryAcquire(lockName(name));
    if (lock.isEmpty()) {
      return Optional.empty();
    }
    try (Locks.Held held = lock.get()) {
      boolean left = Files.isDirectory(scratch);
      DirectoryStorage.own().delete(scratch);
      return left ? Optional.of(scratch) : Optional.empty();
    }
  }

  /** {@code 17} covers {@code 17.11.0}; {@code 17.1} does not. */
  private static boolean covers(String asked, String version) {
    return version.equals(asked) || version.startsWith(asked + ".");
  }

  private static DataspaceException unreadable(Artifact artifact, IOException e) {
    return new DataspaceException(
        Reason.INFRASTRUCTURE,
        "The programs of %s could not be unpacked: %s."
            .formatted(artifact.artifactId(), e.getMessage()),
        "Check the disk's free space; if the jar is damaged, delete it from the local repository.",
        e);
  }

  private static DataspaceException none(Flavour flavour) {
    return new DataspaceException(
        Reason.NOT_FOUND,
        "There are no native programs of %s for this machine.".formatted(flavour.name()),
        "Use runtime=docker.");
  }

  private static DataspaceException unknown(Flavour flavour, String asked, NativeRecipe recipe) {
    return new DataspaceException(
        Reason.NOT_FOUND,
        "There are no native programs of %s %s.".formatted(flavour.name(), asked),
        "There are some of: %s. Ask for one of them, for example -Ddataspaces.flavour=%s:%s, or use runtime=docker."
            .formatted(
                String.join(", ", recipe.versions()), flavour.name(), recipe.versions().get(0)));
  }

  private static DataspaceException missing(
      Flavour flavour, String asked, Artifact artifact, String exact) {
    return new DataspaceException(
        Reason.NOT_FOUND,
        "The native programs of %s %s are not on the class path.".formatted(flavour.name(), asked),
        "Add the dependency %s:%s:%s with test scope, or use runtime=docker."
            .formatted(artifact.groupId(), artifact.artifactId(), exact));
  }
}
