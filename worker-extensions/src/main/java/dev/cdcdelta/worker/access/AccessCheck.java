package dev.cdcdelta.worker.access;

import dev.cdcdelta.worker.config.RuleSettings;
import dev.cdcdelta.worker.route.Match;
import dev.cdcdelta.worker.route.Requirement;
import dev.cdcdelta.worker.token.Caller;
import dev.cdcdelta.worker.token.Role;
import java.util.Optional;

/** Decides whether a verified caller may make a call. */
public final class AccessCheck {
    private final RuleSettings settings;
    private final ConfigRules rules;

    public AccessCheck(RuleSettings settings) {
        this.settings = settings;
        this.rules = new ConfigRules(settings);
    }

    /** Before the body is read: role, and the connector in the path. */
    public Optional<Refusal> checkPath(Caller caller, Match match) {
        Role needed = needed(match.route().requirement());
        if (!caller.role().covers(needed)) {
            return Optional.of(new Refusal(
                    403,
                    "The role " + caller.role() + " may not call "
                            + match.route().method() + " " + match.route().template() + ", which takes the role "
                            + needed + ". Ask who has it."));
        }
        if (match.route().isOfWorker() && !caller.scope().isWhole()) {
            return Optional.of(new Refusal(
                    403,
                    match.route().template()
                            + " concerns the whole worker, but the token is limited to some connectors."
                            + " Use one with the scope `*`."));
        }
        return Optional.ofNullable(match.connector()).flatMap(connector -> checkScope(caller, connector));
    }

    /** After it, where the route takes a configuration. */
    public Optional<Refusal> checkBody(Caller caller, Match match, RequestBody body) {
        boolean isTrigger = match.route().requirement() instanceof Requirement.Trigger;
        if (isTrigger
                && caller.role() != Role.ADMINISTRATOR
                && !settings.triggers().containsAll(body.configuration().keySet())) {
            return Optional.of(new Refusal(
                    403,
                    "The role OPERATOR may change no other keys than "
                            + settings.triggers().stream().sorted().toList()
                            + " (rest.security.keys.trigger). Leave the others out, or ask an Administrator."));
        }
        if (match.connector() == null) {
            Optional<Refusal> scope =
                    body.name().isPresent() ? checkScope(caller, body.name().get()) : checkScope(caller, "");
            if (scope.isPresent()) {
                return scope;
            }
        }
        return rules.check(caller.role(), body.configuration());
    }

    private static Optional<Refusal> checkScope(Caller caller, String connector) {
        return caller.scope().covers(connector)
                ? Optional.empty()
                : Optional.of(new Refusal(
                        403,
                        "The token does not reach this connector: its scope has no pattern for the name."
                                + " Ask for a token that does."));
    }

    private static Role needed(Requirement requirement) {
        if (requirement instanceof Requirement.AtLeast least) {
            return least.role();
        }
        return requirement instanceof Requirement.Trigger ? Role.OPERATOR : Role.ANALYST;
    }
}
