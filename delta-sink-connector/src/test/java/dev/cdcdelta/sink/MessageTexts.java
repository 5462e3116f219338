package dev.cdcdelta.sink;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;

/**
 * The texts that an expression of a message can become: literals as they are, alternatives as several texts, parameters as what the callers
 * of the same file pass, everything else as {@code …}.
 */
final class MessageTexts {
    private static final Set<String> UNKNOWN = Set.of("…");
    private static final int MAX_DEPTH = 5;
    private static final int MAX_TEXTS = 12;

    /** By simple name; none where several classes have one of that name. */
    private final Map<String, List<ExpressionTree>> constants = new TreeMap<>();

    MessageTexts(List<CompilationUnitTree> units) {
        new TreeScanner<@Nullable Void, @Nullable Void>() {
            @Override
            public @Nullable Void visitVariable(VariableTree field, @Nullable Void unused) {
                @Nullable ExpressionTree value = field.getInitializer();
                if (value != null
                        && field.getModifiers().getFlags().contains(Modifier.STATIC)
                        && String.valueOf(field.getType()).equals("String")) {
                    constants.merge(field.getName().toString(), List.of(value), (some, more) -> List.of());
                }
                return super.visitVariable(field, unused);
            }
        }.scan(units, null);
    }

    Set<String> of(CompilationUnitTree unit, @Nullable MethodTree method, ExpressionTree message) {
        if (method == null) {
            return texts(new Scope(unit, null, Map.of(), 0), message);
        }
        Set<String> all = new LinkedHashSet<>();
        for (Map<String, Set<String>> passed : passed(unit, method, 0)) {
            all.addAll(texts(new Scope(unit, method, passed, 0), message));
        }
        return all;
    }

    /** What each caller in the file passes to the method's parameters; once nothing if it has none. */
    private List<Map<String, Set<String>>> passed(CompilationUnitTree unit, MethodTree callee, int depth) {
        List<Map<String, Set<String>>> passed = new ArrayList<>();
        boolean takesText = callee.getParameters().stream()
                .anyMatch(parameter -> parameter.getType().toString().equals("String"));
        if (takesText && depth < MAX_DEPTH && callee.getModifiers().getFlags().contains(Modifier.PRIVATE)) {
            new TreeScanner<@Nullable Void, @Nullable MethodTree>() {
                @Override
                public @Nullable Void visitMethod(MethodTree caller, @Nullable MethodTree outer) {
                    return super.visitMethod(caller, caller);
                }

                @Override
                public @Nullable Void visitMethodInvocation(MethodInvocationTree call, @Nullable MethodTree caller) {
                    if (caller != null && caller != callee && calls(call, callee)) {
                        for (Map<String, Set<String>> given : passed(unit, caller, depth + 1)) {
                            passed.add(bound(callee, call, new Scope(unit, caller, given, depth + 1)));
                        }
                    }
                    return super.visitMethodInvocation(call, caller);
                }
            }.scan(unit, null);
        }
        return passed.isEmpty() ? List.of(Map.of()) : passed;
    }

    private Map<String, Set<String>> bound(MethodTree callee, MethodInvocationTree call, Scope scope) {
        Map<String, Set<String>> bound = new TreeMap<>();
        for (int i = 0; i < callee.getParameters().size(); i++) {
            bound.put(
                    callee.getParameters().get(i).getName().toString(),
                    texts(scope, call.getArguments().get(i)));
        }
        return bound;
    }

    private static boolean calls(MethodInvocationTree call, MethodTree method) {
        return call.getMethodSelect() instanceof IdentifierTree name
                && name.getName().equals(method.getName())
                && call.getArguments().size() == method.getParameters().size();
    }

    private Set<String> texts(Scope scope, ExpressionTree expression) {
        if (scope.depth() > MAX_DEPTH) {
            return UNKNOWN;
        }
        if (expression instanceof LiteralTree literal) {
            return Set.of(String.valueOf(literal.getValue()));
        }
        if (expression instanceof ParenthesizedTree inner) {
            return texts(scope, inner.getExpression());
        }
        if (expression instanceof BinaryTree sum && sum.getKind() == Tree.Kind.PLUS) {
            return joined(texts(scope, sum.getLeftOperand()), texts(scope, sum.getRightOperand()));
        }
        if (expression instanceof ConditionalExpressionTree choice) {
            Set<String> either = new LinkedHashSet<>(texts(scope, choice.getTrueExpression()));
            either.addAll(texts(scope, choice.getFalseExpression()));
            return either;
        }
        if (expression instanceof SwitchExpressionTree choice) {
            Set<String> all = new LinkedHashSet<>();
            for (CaseTree each : choice.getCases()) {
                all.addAll(each.getBody() instanceof ExpressionTree value ? texts(scope, value) : UNKNOWN);
            }
            return all;
        }
        if (expression instanceof MethodInvocationTree call) {
            return returned(scope, call);
        }
        if (expression instanceof MemberSelectTree select) {
            return constant(scope, select.getIdentifier().toString());
        }
        return expression instanceof IdentifierTree name
                ? named(scope, name.getName().toString())
                : UNKNOWN;
    }

    private static Set<String> joined(Set<String> left, Set<String> right) {
        if (left.size() * right.size() > MAX_TEXTS) {
            return UNKNOWN;
        }
        Set<String> joined = new LinkedHashSet<>();
        left.forEach(start -> right.forEach(end -> joined.add(start + end)));
        return joined;
    }

    private Set<String> named(Scope scope, String name) {
        Set<String> given = scope.passed().get(name);
        if (given != null) {
            return given;
        }
        Set<String> assigned = new LinkedHashSet<>();
        new TreeScanner<@Nullable Void, @Nullable Void>() {
            @Override
            public @Nullable Void visitVariable(VariableTree variable, @Nullable Void unused) {
                @Nullable ExpressionTree value = variable.getInitializer();
                if (value != null && variable.getName().contentEquals(name)) {
                    assigned.addAll(texts(scope.deeper(), value));
                }
                return super.visitVariable(variable, unused);
            }

            @Override
            public @Nullable Void visitAssignment(AssignmentTree assignment, @Nullable Void unused) {
                if (assignment.getVariable().toString().equals(name)) {
                    assigned.addAll(texts(scope.deeper(), assignment.getExpression()));
                }
                return super.visitAssignment(assignment, unused);
            }
        }.scan(scope.method(), null);
        return assigned.isEmpty() ? constant(scope, name) : assigned;
    }

    private Set<String> constant(Scope scope, String name) {
        List<ExpressionTree> values = constants.getOrDefault(name, List.of());
        return values.isEmpty() ? UNKNOWN : texts(scope.deeper(), values.get(0));
    }

    /** What a method of the same file returns. */
    private Set<String> returned(Scope scope, MethodInvocationTree call) {
        Set<String> returned = new LinkedHashSet<>();
        new TreeScanner<@Nullable Void, @Nullable Void>() {
            @Override
            public @Nullable Void visitMethod(MethodTree method, @Nullable Void unused) {
                if (calls(call, method)
                        && String.valueOf(method.getReturnType()).equals("String")) {
                    returned.addAll(returnedBy(method, scope, call));
                }
                return super.visitMethod(method, unused);
            }
        }.scan(scope.unit(), null);
        return returned.isEmpty() ? UNKNOWN : returned;
    }

    private Set<String> returnedBy(MethodTree method, Scope scope, MethodInvocationTree call) {
        Scope inside = new Scope(scope.unit(), method, bound(method, call, scope.deeper()), scope.depth() + 1);
        Set<String> returned = new LinkedHashSet<>();
        new TreeScanner<@Nullable Void, @Nullable Void>() {
            @Override
            public @Nullable Void visitReturn(ReturnTree statement, @Nullable Void unused) {
                returned.addAll(texts(inside, statement.getExpression()));
                return null;
            }

            @Override
            public @Nullable Void visitLambdaExpression(LambdaExpressionTree other, @Nullable Void unused) {
                return null;
            }
        }.scan(method.getBody(), null);
        return returned;
    }

    private record Scope(
            CompilationUnitTree unit, @Nullable MethodTree method, Map<String, Set<String>> passed, int depth) {
        Scope deeper() {
            return new Scope(unit, method, passed, depth + 1);
        }
    }
}
