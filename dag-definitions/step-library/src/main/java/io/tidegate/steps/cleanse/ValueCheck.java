package io.tidegate.steps.cleanse;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.regexp_like;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.upper;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.FractionalType;

/** One rule about one column, as expressions over that column. */
final class ValueCheck {
    private final Rule rule;
    private final DataType type;

    ValueCheck(Rule rule, DataType type) {
        this.rule = rule;
        this.type = type;
    }

    /**
     * @param value the column after mending and conversion
     * @param broken whether it is bad all the same
     * @param mended whether it was bad before
     */
    record Judgement(Column value, Column broken, Column mended) {}

    Judgement judge(Column column) {
        Column bad = coalesce(bad(column), lit(false));
        if (rule.check() instanceof Check.OfType ofType) {
            return judgeType(column, bad, ofType.type().dataType());
        }
        if (rule.fixes().isEmpty()) {
            return new Judgement(column, bad, lit(false));
        }
        Column mended = when(bad, fixed(column)).otherwise(column);
        Column stillBad = coalesce(bad(mended), lit(false));
        return new Judgement(mended, stillBad, bad.and(not(stillBad)));
    }

    private Judgement judgeType(Column column, Column bad, DataType target) {
        if (rule.fixes().isEmpty()) {
            return new Judgement(when(not(bad), TryCast.of(column, target)), bad, lit(false));
        }
        Column converted = when(bad, TryCast.of(fixed(column), target)).otherwise(TryCast.of(column, target));
        Column stillBad = bad.and(converted.isNull());
        return new Judgement(converted, stillBad, bad.and(converted.isNotNull()));
    }

    private Column bad(Column column) {
        Check check = rule.check();
        if (check instanceof Check.Required) {
            return column.isNull();
        }
        if (check instanceof Check.OfType ofType) {
            return column.isNotNull().and(not(converts(column, ofType.type().dataType())));
        }
        if (check instanceof Check.Range range) {
            return outside(column, range);
        }
        if (check instanceof Check.Codes codes) {
            return not(KnownCode.isOneOf(column.cast(DataTypes.StringType), codes.known()));
        }
        if (check instanceof Check.Matches matches) {
            return not(regexp_like(column.cast(DataTypes.StringType), lit("^(?:" + matches.expression() + ")$")));
        }
        throw new IllegalStateException("not a check of one column: " + check);
    }

    private Column converts(Column column, DataType target) {
        Column converts = TryCast.of(column, target).isNotNull();
        // Spark cuts fractions off silently; a fraction is no whole number here.
        return type instanceof FractionalType && target.equals(DataTypes.LongType)
                ? converts.and(TryCast.of(column, target).equalTo(column))
                : converts;
    }

    private Column outside(Column column, Check.Range range) {
        Column below = range.least()
                .map(least -> column.lt(Literals.of(rule, least, type)))
                .orElse(lit(false));
        Column above = range.most()
                .map(most -> column.gt(Literals.of(rule, most, type)))
                .orElse(lit(false));
        return below.or(above);
    }

    private Column fixed(Column column) {
        Column fixed = column;
        for (Fix fix : rule.fixes()) {
            fixed = fix instanceof Fix.Value value
                    ? Literals.of(rule, value.replacement(), type)
                    : fixed(fixed, (Fix.Simple) fix);
        }
        return fixed;
    }

    private Column fixed(Column column, Fix.Simple fix) {
        return switch (fix) {
            case TRIM -> trim(column);
            case UPPER -> upper(column);
            case LOWER -> lower(column);
            case CLAMP -> clamped(column, (Check.Range) rule.check());
        };
    }

    private Column clamped(Column column, Check.Range range) {
        Column clamped = column;
        if (range.least().isPresent()) {
            clamped = greatest(clamped, Literals.of(rule, range.least().get(), type));
        }
        if (range.most().isPresent()) {
            clamped = least(clamped, Literals.of(rule, range.most().get(), type));
        }
        return clamped.cast(type);
    }
}
