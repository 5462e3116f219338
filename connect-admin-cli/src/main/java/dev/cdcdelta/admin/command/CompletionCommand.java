package dev.cdcdelta.admin.command;

import dev.cdcdelta.admin.failure.ExitCode;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The script that makes a shell complete commands, options and names. */
@Command(
        name = "completion",
        description = {
            "Print the completion script of a shell: commands, options, and the names of what is there.",
            "",
            "bash:  source <(connect-admin-cli completion bash)",
            "zsh:   source <(connect-admin-cli completion zsh)",
            ""
        })
final class CompletionCommand implements Callable<Integer> {
    // picocli sets it before anything is called.
    @SuppressWarnings("NullAway.Init")
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
    private Shell shell = Shell.BASH;

    private enum Shell {
        BASH,
        ZSH
    }

    @Override
    public Integer call() {
        CommandLine whole =
                new CommandLine(new ConnectAdmin(((ConnectAdmin) spec.root().userObject()).environment()));
        CommandTree.addAll(whole);
        String script = AutoComplete.bash(spec.root().name(), whole);
        for (NameKind kind : NameKind.values()) {
            script = script.replace(
                    '"' + NameCompletion.placeholder(kind) + '"',
                    "$(\"${COMP_WORDS[0]}\" names " + kind.label() + " 2>/dev/null)");
        }
        // zsh runs bash's script once its own completion and the bridge to bash's are loaded.
        String head = shell == Shell.ZSH
                ? "autoload -U +X compinit && compinit\nautoload -U +X bashcompinit && bashcompinit\n"
                : "";
        spec.commandLine().getOut().print(head + script);
        spec.commandLine().getOut().flush();
        return ExitCode.OK.number();
    }
}
