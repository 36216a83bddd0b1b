package io.tidegate.steps.runtime;

import io.tidegate.steps.contract.StepFailure;

/** Makes objects of classes that a DAG names. */
public final class Extensions {
    private Extensions() {}

    /**
     * A new object of a class of the user's.
     *
     * @param className its name, with the package
     * @param face what it must be
     * @throws StepFailure when there is no such class, it is something else, or it has no public constructor without parameters
     */
    public static <T> T create(String className, Class<T> face) {
        try {
            Class<?> type = Class.forName(className, true, loader());
            if (!face.isAssignableFrom(type)) {
                throw new StepFailure("the class " + className + " is no " + face.getSimpleName()
                        + ": it must implement " + face.getName());
            }
            return face.cast(type.getConstructor().newInstance());
        } catch (ClassNotFoundException e) {
            throw new StepFailure(
                    "there is no class " + className
                            + ": is its jar among the DAG's 'libraries', and is the name right?",
                    e);
        } catch (ReflectiveOperationException e) {
            throw new StepFailure(
                    "the class " + className
                            + " cannot be made: it needs a public constructor without parameters that works (" + e
                            + ")",
                    e);
        }
    }

    private static ClassLoader loader() {
        ClassLoader ofThread = Thread.currentThread().getContextClassLoader();
        return ofThread == null ? Extensions.class.getClassLoader() : ofThread;
    }
}
