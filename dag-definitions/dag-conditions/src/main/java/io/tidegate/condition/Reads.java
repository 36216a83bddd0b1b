package io.tidegate.condition;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a compiled expression reads: where in the tree which path of a declared variable stands. */
final class Reads {
    private final CelAbstractSyntaxTree tree;
    private final Set<String> declared;
    private final Map<Long, FieldPath> paths = new LinkedHashMap<>();
    private final Map<Long, String> variables = new HashMap<>();
    private final Map<Integer, List<CelExpr>> calls = new HashMap<>();

    private Reads(CelAbstractSyntaxTree tree, Set<String> declared) {
        this.tree = tree;
        this.declared = declared;
    }

    static Reads of(CelAbstractSyntaxTree tree, Set<String> declared) {
        Reads reads = new Reads(tree, declared);
        reads.visit(tree.getExpr(), Set.of());
        return reads;
    }

    /** The longest paths, in the order of the text. */
    Iterable<FieldPath> paths() {
        return paths.values();
    }

    /** The variable that a node of the tree is. */
    Optional<String> variable(long node) {
        return Optional.ofNullable(variables.get(node));
    }

    /** The paths that a call at this place works on itself. */
    List<FieldPath> argumentsAt(int offset) {
        return calls.getOrDefault(offset, List.of()).stream()
                .map(argument -> paths.get(argument.id()))
                .filter(path -> path != null)
                .toList();
    }

    private void visit(CelExpr node, Set<String> bound) {
        Optional<FieldPath> path = path(node, bound);
        if (path.isPresent()) {
            paths.put(node.id(), path.get());
            return;
        }
        switch (node.getKind()) {
            case SELECT -> visit(node.select().operand(), bound);
            case CALL -> visitCall(node, bound);
            case LIST -> node.list().elements().forEach(element -> visit(element, bound));
            case MAP ->
                node.map().entries().forEach(entry -> {
                    visit(entry.key(), bound);
                    visit(entry.value(), bound);
                });
            case STRUCT -> node.struct().entries().forEach(entry -> visit(entry.value(), bound));
            case COMPREHENSION -> visitComprehension(node, bound);
            case CONSTANT, IDENT, NOT_SET -> {
                // Nothing below it.
            }
        }
    }

    private void visitCall(CelExpr node, Set<String> bound) {
        List<CelExpr> arguments = new ArrayList<>();
        node.call().target().ifPresent(arguments::add);
        arguments.addAll(node.call().args());
        Integer offset = tree.getSource().getPositionsMap().get(node.id());
        if (offset != null) {
            calls.put(offset, arguments);
        }
        arguments.forEach(argument -> visit(argument, bound));
    }

    private void visitComprehension(CelExpr node, Set<String> bound) {
        CelExpr.CelComprehension loop = node.comprehension();
        Set<String> inner = new HashSet<>(bound);
        inner.add(loop.iterVar());
        inner.add(loop.iterVar2());
        inner.add(loop.accuVar());
        visit(loop.iterRange(), bound);
        visit(loop.accuInit(), bound);
        visit(loop.loopCondition(), inner);
        visit(loop.loopStep(), inner);
        visit(loop.result(), inner);
    }

    private Optional<FieldPath> path(CelExpr node, Set<String> bound) {
        Optional<String> referenced =
                tree.getReference(node.id()).map(CelReference::name).filter(declared::contains);
        boolean isName =
                node.getKind() == CelExpr.ExprKind.Kind.IDENT || node.getKind() == CelExpr.ExprKind.Kind.SELECT;
        if (isName && referenced.isPresent() && !bound.contains(referenced.get())) {
            variables.put(node.id(), referenced.get());
            return Optional.of(new FieldPath(referenced.get(), List.of()));
        }
        // What has(...) asks for need not be there.
        if (node.getKind() == CelExpr.ExprKind.Kind.SELECT && !node.select().testOnly()) {
            return path(node.select().operand(), bound)
                    .map(path -> path.field(node.select().field()));
        }
        return Optional.empty();
    }
}
