import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { type FormEvent, useEffect, useState } from "react";
import type { Problem } from "../../shared/api/problem.ts";
import { useCommand } from "../../shared/api/use-command.ts";
import { type Session, sessionQuery } from "../../shared/session/session.ts";
import { Avatar } from "../../shared/ui/avatar.tsx";
import { Banner } from "../../shared/ui/banner.tsx";
import { Button } from "../../shared/ui/button.tsx";
import { TextField } from "../../shared/ui/field.tsx";
import { Icon } from "../../shared/ui/icon.tsx";
import { useProblemWords } from "../../shared/ui/problem-words.ts";
import { demoQuery, signIn, signInDemo } from "./sign-in.ts";
import css from "./sign-in-page.module.css";
import { useCountdown } from "./use-countdown.ts";

/** E-mail and password, or one press for a demo account. */
export function SignInPage() {
  const { t } = useLingui();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { next } = useSearch({ from: "/sign-in" });
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const demo = useQuery(demoQuery);

  useEffect(() => {
    document.title = t`Sign in · Hubbub`;
  }, [t]);

  function enter(session: Session): void {
    client.clear();
    client.setQueryData(sessionQuery.queryKey, session);
    void navigate({ to: next });
  }

  const byPassword = useCommand({ run: signIn, onDone: enter, onProblem: () => setPassword("") });
  const byDemo = useCommand({ run: signInDemo, onDone: enter });
  const problem = byPassword.problem ?? byDemo.problem;
  const waiting = useCountdown(problem);
  const busy = byPassword.busy || byDemo.busy;

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    byDemo.clear();
    if (!busy && waiting === 0) byPassword.send({ email: email.trim(), password });
  }

  return (
    <main className={css.page}>
      <div className={css.box}>
        <Icon name="logo" className={css.logo} />
        <h1 className={css.title}>
          <Trans>Sign in to the desk</Trans>
        </h1>
        <form className={css.form} onSubmit={onSubmit}>
          {problem ? <SignInProblem problem={problem} waiting={waiting} /> : null}
          <TextField
            label={t`E-mail`}
            type="email"
            name="email"
            autoComplete="username"
            required
            dir="ltr"
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
          <TextField
            label={t`Password`}
            type="password"
            name="password"
            autoComplete="current-password"
            required
            dir="ltr"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
          <Button
            type="submit"
            look="primary"
            busy={byPassword.busy}
            refused={waiting > 0 ? t`Wait ${waiting} s` : null}
          >
            {waiting > 0 ? t`Sign in, in ${waiting} s` : t`Sign in`}
          </Button>
        </form>
        {demo.data && demo.data.accounts.length > 0 ? (
          <section className={css.demo} aria-labelledby="demo-heading">
            <h2 id="demo-heading" className={css.demoTitle}>
              <Trans>Or look around as one of the demo people</Trans>
            </h2>
            <ul className={css.people}>
              {demo.data.accounts.map((person) => (
                <li key={person.email}>
                  <button
                    type="button"
                    className={css.person}
                    aria-disabled={busy || undefined}
                    onClick={() => {
                      byPassword.clear();
                      if (!busy) byDemo.send({ email: person.email });
                    }}
                  >
                    <Avatar name={person.name} />
                    <span className={css.who}>
                      <span className={css.name}>{person.name}</span>
                      <span className={css.role}>{person.role}</span>
                    </span>
                    <Icon name="right" flip />
                  </button>
                </li>
              ))}
            </ul>
            <p className="micro mute">
              <Trans>A made-up company with made-up customers. Nothing leaves this machine.</Trans>
            </p>
          </section>
        ) : null}
      </div>
    </main>
  );
}

function SignInProblem({ problem, waiting }: { problem: Problem; waiting: number }) {
  const { t } = useLingui();
  const words = useProblemWords(problem);
  if (problem.kind === "offline" || problem.kind === "unknown") {
    return (
      <Banner look="plain" announce="assertive" title={t`No answer from the server.`}>
        <Trans>Nothing is lost. Is the line up, and does Hubbub run?</Trans>
      </Banner>
    );
  }
  if (problem.retryAfter !== undefined) {
    return (
      <Banner look="soon" announce="assertive" title={t`Too many tries.`}>
        {waiting > 0 ? (
          <Trans>For the safety of the account the next one has to wait; the button counts down.</Trans>
        ) : (
          <Trans>You can try again now.</Trans>
        )}
      </Banner>
    );
  }
  if (problem.status === 401 || problem.status === 403) {
    return (
      <Banner look="late" announce="assertive" title={t`E-mail and password do not go together.`}>
        <Trans>Check both. Your supervisor can set a new password.</Trans>
      </Banner>
    );
  }
  return (
    <Banner look="late" announce="assertive" title={words.title}>
      {words.foreign ? (
        <span lang="en" dir="ltr">
          {words.detail}
        </span>
      ) : (
        words.detail
      )}
    </Banner>
  );
}
