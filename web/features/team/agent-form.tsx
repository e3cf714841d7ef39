import { Trans, useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useCommand } from "../../shared/api/use-command.ts";
import { useSession } from "../../shared/session/session.ts";
import { Banner } from "../../shared/ui/banner.tsx";
import { Button } from "../../shared/ui/button.tsx";
import { Card } from "../../shared/ui/card.tsx";
import { Dialog } from "../../shared/ui/dialog.tsx";
import { sayFaultOf } from "../../shared/ui/fault-words.ts";
import { TextField } from "../../shared/ui/field.tsx";
import { ProblemNotice } from "../../shared/ui/problem-notice.tsx";
import { toasts } from "../../shared/ui/toast.tsx";
import { SkillsForm } from "./skills-form.tsx";
import css from "./team-page.module.css";
import { type Agent, changeAgent } from "./team-query.ts";

/** One agent opened for change: name, skills, and whether they may sign in. */
export function AgentForm({ agent, onClose }: { agent: Agent; onClose: () => void }) {
  const { t } = useLingui();
  return (
    <>
      <Button look="bare" icon="left" className={css.start} onClick={onClose}>
        <Trans>All agents</Trans>
      </Button>
      <NameForm agent={agent} />
      <SkillsForm agent={agent} />
      <Suspend agent={agent} />
      <p className="small mute">{t`What ${agent.name} may do is under Rights.`}</p>
    </>
  );
}

function NameForm({ agent }: { agent: Agent }) {
  const { t } = useLingui();
  const client = useQueryClient();
  // The version the form began with: an agent changed by somebody else meanwhile is shown, not overwritten.
  const [base, setBase] = useState(agent);
  const [name, setName] = useState(agent.name);
  const [short, setShort] = useState(agent.initials);
  const changed = name.trim() !== base.name || short.trim() !== base.initials;
  const overtaken = agent.version !== base.version && (agent.name !== base.name || agent.initials !== base.initials);
  const save = useCommand({
    run: changeAgent,
    invalidates: () => [["people"], ["presence"]],
    onDone: (answer) => {
      setBase(answer);
      toasts.add({ text: t`${answer.name} is saved.` });
    },
    onProblem: (problem) => {
      if (problem.kind === "conflict") void client.invalidateQueries({ queryKey: ["people"] });
    },
  });
  const faults = {
    name: name.trim() === "" ? t`Write the name customers will read.` : undefined,
    initials: short.trim() === "" ? t`Write one to six letters.` : undefined,
  };

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    if (faults.name || faults.initials || !changed || save.busy) return;
    // Other fields may have moved on without touching these.
    const expectedVersion = overtaken ? base.version : agent.version;
    save.send({ id: agent.id, expectedVersion, name: name.trim(), initials: short.trim() });
  }

  return (
    <Card title={<bdi>{agent.name}</bdi>} aside={<span className="small mute">{agent.email}</span>}>
      <form className={css.form} onSubmit={onSubmit} noValidate>
        {overtaken ? (
          <Banner
            look="soon"
            icon="people"
            title={t`Somebody else changed it: ${agent.name}, ${agent.initials}.`}
            acts={
              <>
                <Button
                  size="small"
                  onClick={() => {
                    save.clear();
                    setBase(agent);
                    setName(agent.name);
                    setShort(agent.initials);
                  }}
                >
                  <Trans>Take theirs</Trans>
                </Button>
                <Button
                  size="small"
                  onClick={() => {
                    save.clear();
                    setBase(agent);
                  }}
                >
                  <Trans>Keep mine</Trans>
                </Button>
              </>
            }
          />
        ) : save.problem ? (
          <ProblemNotice problem={save.problem} safe={t`What you wrote is safe here.`} />
        ) : null}
        <TextField
          label={t`Name`}
          hint={t`It stands under public replies.`}
          maxLength={120}
          value={name}
          fault={sayFaultOf(save.problem, "name") ?? faults.name}
          onChange={(event) => setName(event.target.value)}
        />
        <TextField
          label={t`Initials`}
          maxLength={6}
          value={short}
          fault={sayFaultOf(save.problem, "initials") ?? faults.initials}
          onChange={(event) => setShort(event.target.value)}
        />
        <Button
          type="submit"
          look="primary"
          className={css.start}
          busy={save.busy}
          refused={changed ? null : t`Nothing is changed.`}
        >
          <Trans>Save the name</Trans>
        </Button>
      </form>
    </Card>
  );
}

function Suspend({ agent }: { agent: Agent }) {
  const { t } = useLingui();
  const client = useQueryClient();
  const me = useSession().agent.id;
  const [asked, setAsked] = useState(false);
  const save = useCommand({
    run: changeAgent,
    invalidates: () => [["people"], ["presence"]],
    onDone: (answer) => {
      setAsked(false);
      toasts.add({
        text:
          answer.state === "suspended"
            ? t`${answer.name} is suspended and signed out.`
            : t`${answer.name} may sign in again.`,
      });
    },
    onProblem: (problem) => {
      if (problem.kind === "conflict") void client.invalidateQueries({ queryKey: ["people"] });
    },
  });
  const leave = () => {
    save.clear();
    setAsked(false);
  };
  const set = (state: Agent["state"]) => save.send({ id: agent.id, expectedVersion: agent.version, state });

  return (
    <Card title={t`Sign-in`}>
      <div className={css.form}>
        {save.problem && !asked ? <ProblemNotice problem={save.problem} /> : null}
        <p className="small mid">
          {agent.state === "active" ? (
            <Trans>Suspending ends every session at once. What they did stays under their name.</Trans>
          ) : (
            <Trans>Suspended: they cannot sign in and get no work.</Trans>
          )}
        </p>
        {agent.state === "active" ? (
          <Button
            look="stop"
            className={css.start}
            refused={agent.id === me ? t`You cannot suspend yourself.` : null}
            onClick={() => {
              save.clear();
              setAsked(true);
            }}
          >
            <Trans>Suspend…</Trans>
          </Button>
        ) : (
          <Button className={css.start} busy={save.busy} onClick={() => set("active")}>
            <Trans>Let them sign in again</Trans>
          </Button>
        )}
      </div>
      <Dialog
        open={asked}
        onClose={leave}
        role="alertdialog"
        title={t`Suspend ${agent.name}?`}
        foot={
          <>
            <Button onClick={leave}>
              <Trans>Leave it</Trans>
            </Button>
            <Button look="stop" busy={save.busy} onClick={() => set("suspended")}>
              <Trans>Suspend and sign out</Trans>
            </Button>
          </>
        }
      >
        <p>
          <Trans>Every session ends at once; what is being written there is lost unless it was kept as a draft.</Trans>
        </p>
        {save.problem ? <ProblemNotice problem={save.problem} /> : null}
      </Dialog>
    </Card>
  );
}
