package io.github.dataspaces.junit;

import io.github.dataspaces.config.DataspaceException;
import io.github.dataspaces.config.DataspaceException.Reason;
import io.github.dataspaces.config.DataspaceSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * What is kept in which of JUnit's stores, whose closing ends it: classes in their own, tests in
 * theirs, what a whole run shares in the root's.
 *
 * <p>What has to be closed is a {@link StoreEntry}, which every JUnit from the floor on closes.
 */
final class Scopes {

  private static final Namespace NAMESPACE = Namespace.create(DataspaceExtension.class);

  private Scopes() {}

  /**
   * Enters a class, unless that has happened. Empty if no dataspace is in scope there.
   *
   * @param entered told of it when it has been
   */
  static Optional<ClassScope> enter(
      DataspaceExtension extension,
      Optional<Options> options,
      ExtensionContext context,
      Consumer<ClassScope> entered) {
    Optional<ClassScope> before = get(context, ClassScope.class);
    if (before.isPresent()) {
      requireSame(extension, before.get(), context);
      return before;
    }
    Optional<ClassScope> around = context.getParent().flatMap(Scopes::nearest);
    Optional<ClassScope> shared = around.filter(scope -> scope.extension() == extension);
    Optional<Options> own =
        options.isPresent() && shared.isPresent()
            ? Optional.empty()
            : options.or(() -> annotated(context));
    if (own.isPresent()) {
      around.ifPresent(scope -> requireSame(extension, scope, context));
    }
    Optional<ClassScope> scope =
        own.map(said -> outermost(extension, said, context))
            .or(() -> shared.map(parent -> nested(parent, context)));
    scope.ifPresent(
        begun -> {
          begun.allocation().enter(begun);
          put(context, begun);
          entered.accept(begun);
        });
    return scope;
  }

  /** The class that a context is of or in, if a dataspace of that extension is in scope there. */
  static Optional<ClassScope> nearest(DataspaceExtension extension, ExtensionContext context) {
    return nearest(context).filter(scope -> scope.extension() == extension);
  }

  /** Begins a test, unless that has happened. */
  static void begin(ClassScope scope, ExtensionContext context) {
    if (get(context, TestRun.class).isEmpty()) {
      put(context, new TestRun(scope, context));
    }
  }

  /** The test that a context is of, once it has begun. */
  static Optional<TestRun> test(DataspaceExtension extension, ExtensionContext context) {
    return get(context, TestRun.class).filter(test -> test.scope().extension() == extension);
  }

  /** Has something run when a context ends, before whatever was put into it earlier. */
  static void onClose(ExtensionContext context, Runnable action) {
    context.getStore(NAMESPACE).put(new Object(), new OnClose(action));
  }

  private record OnClose(Runnable action) implements StoreEntry {
    @Override
    public void close() {
      action.run();
    }
  }

  private static ClassScope nested(ClassScope parent, ExtensionContext context) {
    return new ClassScope(
        parent.extension(),
        Optional.of(parent),
        context.getRequiredTestClass(),
        parent.blueprint(),
        parent.allocation());
  }

  private static ClassScope outermost(
      DataspaceExtension extension, Options options, ExtensionContext context) {
    Blueprint blueprint = Blueprint.of(options, context);
    Allocation allocation =
        switch (options.isolation()) {
          case CLASS -> ofClass(blueprint, context);
          case METHOD -> ofEach(blueprint, context);
          case SHARED -> ofRun(blueprint, context);
        };
    return new ClassScope(
        extension, Optional.empty(), context.getRequiredTestClass(), blueprint, allocation);
  }

  private static Allocation ofEach(Blueprint blueprint, ExtensionContext context) {
    return new OneForEach(home(blueprint, context), blueprint);
  }

  private static Allocation ofClass(Blueprint blueprint, ExtensionContext context) {
    LiveDataspace live = make(blueprint, context.getRequiredTestClass().getSimpleName(), context);
    onClose(context, live::close);
    return OneForAll.ofClass(live);
  }

  private static Allocation ofRun(Blueprint blueprint, ExtensionContext context) {
    List<Object> key = List.of("run", blueprint.home(), blueprint.options().sharingKey());
    Store store = context.getRoot().getStore(NAMESPACE);
    return store.getOrComputeIfAbsent(
        key,
        k -> {
          LiveDataspace live = make(blueprint, "shared", context);
          onClose(context.getRoot(), live::close);
          return OneForAll.ofRun(live);
        },
        OneForAll.class);
  }

  private static LiveDataspace make(Blueprint blueprint, String user, ExtensionContext context) {
    OpenHome home = home(blueprint, context);
    DataspaceSpec spec =
        blueprint.startsFrom(home.dataspaces()).map(blueprint::spec).orElseGet(blueprint::spec);
    return new LiveDataspace(
        home,
        home.servers().take(spec),
        blueprint.described().stream().toList(),
        user,
        blueprint.traceConnections(),
        false);
  }

  private static OpenHome home(Blueprint blueprint, ExtensionContext context) {
    Path home = blueprint.home();
    Duration keep = blueprint.keepAlive();
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(
            List.of("home", home, keep), key -> OpenHome.of(home, keep), OpenHome.class);
  }

  private static Optional<Options> annotated(ExtensionContext context) {
    return AnnotationSupport.findAnnotation(context.getRequiredTestClass(), Dataspace.class)
        .map(Options::of);
  }

  private static void requireSame(
      DataspaceExtension extension, ClassScope scope, ExtensionContext context) {
    if (scope.extension() != extension) {
      throw new DataspaceException(
          Reason.INVALID,
          "%s has more than one dataspace: @Dataspace and a DataspaceExtension, or two of them."
              .formatted(context.getRequiredTestClass().getSimpleName()),
          "Leave out all but one.");
    }
  }

  private static Optional<ClassScope> nearest(ExtensionContext context) {
    return Stream.iterate(Optional.of(context), Optional::isPresent, at -> at.get().getParent())
        .flatMap(at -> get(at.get(), ClassScope.class).stream())
        .findFirst();
  }

  /** Looks in that context only: the key is its own, so a parent's store has nothing under it. */
  private static <T> Optional<T> get(ExtensionContext context, Class<T> type) {
    return Optional.ofNullable(context.getStore(NAMESPACE).get(key(context, type), type));
  }

  private static void put(ExtensionContext context, Object value) {
    context.getStore(NAMESPACE).put(key(context, value.getClass()), value);
  }

  private static List<Object> key(ExtensionContext context, Class<?> type) {
    return List.of(type, context.getUniqueId());
  }
}
