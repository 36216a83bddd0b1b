/** Scoring new data with the champion, and telling how well it did and how far the data has moved. */
package io.tidegate.steps.evaluate;
