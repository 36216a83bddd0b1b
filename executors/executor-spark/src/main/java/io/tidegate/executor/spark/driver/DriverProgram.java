package io.tidegate.executor.spark.driver;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * A step's program as it travels in the attempt's jar.
 *
 * @param mainClass the program's main class
 * @param arguments its arguments
 * @param isChild whether it runs in a virtual machine of its own, whose exit code is then known
 * @param javaOptions further options of that virtual machine
 * @param variables further variables of that virtual machine
 */
public record DriverProgram(
        String mainClass,
        List<String> arguments,
        boolean isChild,
        List<String> javaOptions,
        Map<String, String> variables) {
    static final String RESOURCE = "META-INF/tidegate-driver.properties";
    private static final String MAIN_CLASS = "main";
    private static final String CHILD = "child";
    private static final String ARGUMENT = "argument.";
    private static final String JAVA_OPTION = "option.";
    private static final String VARIABLE = "variable.";

    public DriverProgram {
        arguments = List.copyOf(arguments);
        javaOptions = List.copyOf(javaOptions);
        variables = Map.copyOf(variables);
    }

    static DriverProgram read() throws IOException {
        Properties properties = new Properties();
        try (InputStream stream = DriverProgram.class.getResourceAsStream("/" + RESOURCE)) {
            if (stream == null) {
                throw new IOException("this program is started by Tidegate, with a jar that says what to run");
            }
            properties.load(stream);
        }
        Map<String, String> variables = new HashMap<>();
        for (String name : properties.stringPropertyNames()) {
            if (name.startsWith(VARIABLE)) {
                variables.put(name.substring(VARIABLE.length()), properties.getProperty(name));
            }
        }
        return new DriverProgram(
                properties.getProperty(MAIN_CLASS),
                list(properties, ARGUMENT),
                Boolean.parseBoolean(properties.getProperty(CHILD)),
                list(properties, JAVA_OPTION),
                variables);
    }

    Properties properties() {
        Properties properties = new Properties();
        properties.setProperty(MAIN_CLASS, mainClass);
        properties.setProperty(CHILD, Boolean.toString(isChild));
        for (int index = 0; index < arguments.size(); index++) {
            properties.setProperty(ARGUMENT + index, arguments.get(index));
        }
        for (int index = 0; index < javaOptions.size(); index++) {
            properties.setProperty(JAVA_OPTION + index, javaOptions.get(index));
        }
        variables.forEach((name, value) -> properties.setProperty(VARIABLE + name, value));
        return properties;
    }

    private static List<String> list(Properties properties, String prefix) {
        List<String> values = new ArrayList<>();
        for (String value = properties.getProperty(prefix + 0);
                value != null;
                value = properties.getProperty(prefix + values.size())) {
            values.add(value);
        }
        return values;
    }

    /** Runs it in this virtual machine. */
    void run() throws Throwable {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        try {
            Class.forName(mainClass, true, loader)
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) arguments.toArray(String[]::new));
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }
}
