/** What is different between two definitions, as a person would say it. Works on long forms; knows nothing of files. */
package io.tidegate.dag.parser.diff;
