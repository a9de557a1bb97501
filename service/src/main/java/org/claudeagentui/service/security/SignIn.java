package org.claudeagentui.service.security;

import jakarta.inject.Inject;
import org.claudeagentui.service.web.Problem;
import org.claudeagentui.service.web.ProblemException;
import org.claudeagentui.service.wiring.Single;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Lets users in by their passwords. */
@Single
final class SignIn {
    private static final Logger LOGGER = System.getLogger("audit");
    /** A check costs a tenth of a second of a processor. */
    private static final Semaphore CHECKS = new Semaphore(2, true);
    private static final int PATIENCE_SECONDS = 5;

    private final Accounts accounts;
    private final Attempts attempts;

    @Inject
    SignIn(Accounts accounts, Attempts attempts) {
        this.accounts = accounts;
        this.attempts = attempts;
    }

    /**
     * The user with that name or e-mail address and password.
     *
     * @param address where the attempt comes from
     * @throws ProblemException if there is none, or too many attempts failed
     */
    Account check(String identifier, String password, String address) {
        return checked(identifier, address, () -> accounts.signIn(identifier, password));
    }

    /**
     * Gives a user another password.
     *
     * @param address where the attempt comes from
     * @throws ProblemException if the current one is wrong, or too many attempts failed
     */
    Account changePassword(Caller caller, String current, String next, String address) {
        return checked(caller.name(), address, () -> accounts.changePassword(caller.userId(), current, next));
    }

    private Account checked(String identifier, String address, Supplier<Optional<Account>> check) {
        attempts.begin(identifier, address).ifPresent(seconds -> {
            throw new ProblemException(Problem.tooMany("Too many attempts failed: try again in " + seconds + " s.", seconds));
        });
        var account = inTurn(check);
        if (account.isEmpty()) {
            LOGGER.log(Level.WARNING, "sign-in refused: address={0}", address);
            throw new ProblemException(Problem.of("wrong-credentials", 401, "Not signed in",
                    "There is no user with this name and password, or the user is blocked."));
        }
        attempts.succeeded(identifier, address);
        LOGGER.log(Level.INFO, "signed in: userId={0} address={1}", account.get().id(), address);
        return account.get();
    }

    private static Optional<Account> inTurn(Supplier<Optional<Account>> check) {
        try {
            if (!CHECKS.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new ProblemException(Problem.unavailable("Others are signing in: try again in a moment."));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(Problem.unavailable("The service is being stopped."), e);
        }
        try {
            return check.get();
        } finally {
            CHECKS.release();
        }
    }
}
