package dev.cdcdelta.sink;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** The errors that sources throw at users: templates of their messages, in which {@code …} stands for what is known at run time only. */
final class ThrownErrors {
    private static final Set<String> KINDS =
            Set.of("ConfigException", "ConnectException", "DataException", "RetriableException", "StorageException");

    private ThrownErrors() {}

    /** The class that throws, by template. */
    static Map<String, String> in(Path sources) throws IOException {
        List<Path> files;
        try (Stream<Path> tree = Files.walk(sources)) {
            files = tree.filter(file -> file.toString().endsWith(".java")).toList();
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        Map<String, String> templates = new TreeMap<>();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask)
                    compiler.getTask(null, manager, null, null, null, manager.getJavaFileObjectsFromPaths(files));
            for (CompilationUnitTree unit : task.parse()) {
                String thrower = Path.of(unit.getSourceFile().toUri())
                        .getFileName()
                        .toString()
                        .replace(".java", "");
                new Scanner(thrower, templates).scan(unit, null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return templates;
    }

    private static final class Scanner extends TreeScanner<@Nullable Void, @Nullable Void> {
        private final String thrower;
        private final Map<String, String> templates;

        Scanner(String thrower, Map<String, String> templates) {
            this.thrower = thrower;
            this.templates = templates;
        }

        @Override
        public @Nullable Void visitNewClass(NewClassTree created, @Nullable Void unused) {
            if (KINDS.contains(created.getIdentifier().toString())
                    && !created.getArguments().isEmpty()) {
                // ConfigException(name, value, message) tells the message last, all others first.
                int message = created.getArguments().size() == 3 ? 2 : 0;
                String template = template(created.getArguments().get(message))
                        .replaceAll("…[…\\s]*…", "…")
                        .strip();
                templates.merge(template, thrower, (one, other) -> one.contains(other) ? one : one + ", " + other);
            }
            return super.visitNewClass(created, unused);
        }

        private static String template(ExpressionTree expression) {
            if (expression instanceof LiteralTree literal) {
                return String.valueOf(literal.getValue());
            }
            if (expression instanceof BinaryTree sum) {
                return template(sum.getLeftOperand()) + template(sum.getRightOperand());
            }
            if (expression instanceof ParenthesizedTree inner) {
                return template(inner.getExpression());
            }
            if (expression instanceof ConditionalExpressionTree choice
                    && choice.getTrueExpression() instanceof LiteralTree either
                    && choice.getFalseExpression() instanceof LiteralTree or) {
                return either.getValue() + "|" + or.getValue();
            }
            return "…";
        }
    }
}
