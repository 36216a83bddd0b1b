package io.tidegate.executor.spark.driver;

/**
 * The main class of drivers that get their program, its arguments and its variables from the jar that this class came in. A class that
 * extends it is the attempt's mark on clusters that show nothing of a driver but the name of its main class.
 */
public class DriverMain {
    DriverMain() {}

    /**
     * Runs the program of the jar, in this virtual machine or in one of its own.
     *
     * @throws Throwable what the program throws
     */
    public static void main(String[] unused) throws Throwable {
        DriverProgram program = DriverProgram.read();
        if (!program.isChild()) {
            program.run();
            return;
        }
        int exitCode = DriverChild.start(program);
        System.err.println(DriverChild.LAST_WORDS + exitCode + "]");
        System.err.flush();
        if (exitCode != 0) {
            System.exit(exitCode);
        }
    }
}
