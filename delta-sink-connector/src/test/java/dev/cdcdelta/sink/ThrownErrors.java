package dev.cdcdelta.sink;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
            List<CompilationUnitTree> units = new ArrayList<>();
            task.parse().forEach(units::add);
            MessageTexts texts = new MessageTexts(units);
            units.forEach(unit -> new Scanner(unit, texts, templates).scan(unit, null));
        }
        return templates;
    }

    private static final class Scanner extends TreeScanner<@Nullable Void, @Nullable Void> {
        private final CompilationUnitTree unit;
        private final MessageTexts texts;
        private final Map<String, String> templates;
        private String thrower = "";
        private @Nullable MethodTree method;

        Scanner(CompilationUnitTree unit, MessageTexts texts, Map<String, String> templates) {
            this.unit = unit;
            this.texts = texts;
            this.templates = templates;
        }

        @Override
        public @Nullable Void visitClass(ClassTree node, @Nullable Void unused) {
            if (thrower.isEmpty()) {
                thrower = node.getSimpleName().toString();
            }
            return super.visitClass(node, unused);
        }

        @Override
        public @Nullable Void visitMethod(MethodTree node, @Nullable Void unused) {
            MethodTree outer = method;
            method = node;
            super.visitMethod(node, unused);
            method = outer;
            return null;
        }

        @Override
        public @Nullable Void visitNewClass(NewClassTree created, @Nullable Void unused) {
            if (KINDS.contains(created.getIdentifier().toString())
                    && !created.getArguments().isEmpty()) {
                // ConfigException(name, value, message) tells the message last, all others first.
                int message = created.getArguments().size() == 3
                                && created.getIdentifier().toString().equals("ConfigException")
                        ? 2
                        : 0;
                add(created.getArguments().get(message));
            }
            return super.visitNewClass(created, unused);
        }

        /** Settings that do not go together are told as findings, of which Connect makes an error of its own. */
        @Override
        public @Nullable Void visitMethodInvocation(MethodInvocationTree call, @Nullable Void unused) {
            if (call.getMethodSelect() instanceof MemberSelectTree select
                    && select.getExpression() instanceof IdentifierTree target
                    && target.getName().contentEquals("findings")
                    && select.getIdentifier().contentEquals("add")) {
                add(call.getArguments().get(1));
            }
            return super.visitMethodInvocation(call, unused);
        }

        private void add(ExpressionTree message) {
            for (String text : texts.of(unit, method, message)) {
                String template = text.replaceAll("…[…\\s]*…", "…").strip();
                templates.merge(template, thrower, (one, other) -> one.contains(other) ? one : one + ", " + other);
            }
        }
    }
}
