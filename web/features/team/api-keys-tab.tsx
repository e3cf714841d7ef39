import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useRef, useState } from "react";
import { useCommand } from "../../shared/api/use-command.ts";
import { presentMoment } from "../../shared/time/clock.ts";
import { Button } from "../../shared/ui/button.tsx";
import { Card } from "../../shared/ui/card.tsx";
import { Chip } from "../../shared/ui/chip.tsx";
import { type Column, DataTable } from "../../shared/ui/data-table.tsx";
import { Dialog } from "../../shared/ui/dialog.tsx";
import { Fetched } from "../../shared/ui/fetched.tsx";
import { TextField } from "../../shared/ui/field.tsx";
import { Moment } from "../../shared/ui/moment.tsx";
import { ProblemNotice } from "../../shared/ui/problem-notice.tsx";
import { toasts } from "../../shared/ui/toast.tsx";
import css from "./team-page.module.css";
import { type ApiKey, type ApiKeyMade, apiKeysQuery, makeApiKey, revokeApiKey } from "./team-query.ts";

/** Keys for programs: made, their secret shown once, revoked. */
export function ApiKeysTab() {
  const { t } = useLingui();
  const query = useQuery(apiKeysQuery);
  const [made, setMade] = useState<ApiKeyMade | null>(null);
  const [asked, setAsked] = useState<ApiKey | null>(null);
  const revoke = useCommand({
    run: (key: ApiKey, commandId) => revokeApiKey(key.id, commandId),
    invalidates: () => [["people"]],
    onDone: (_answer, key) => {
      setAsked(null);
      toasts.add({ text: t`${key.name} is revoked.` });
    },
  });
  const ask = (key: ApiKey | null) => {
    revoke.clear();
    setAsked(key);
  };
  const moment = (at: string | null) => (
    <span className={css.whole}>{at ? <Moment at={at} /> : <span className="mute">{t`never`}</span>}</span>
  );
  const columns: Column<ApiKey>[] = [
    { id: "name", heading: t`Key`, names: true, cell: (key) => key.name },
    { id: "made", heading: t`Made`, cell: (key) => moment(key.createdAt) },
    { id: "used", heading: t`Last used`, cell: (key) => moment(key.lastUsedAt) },
    { id: "ends", heading: t`Ends`, cell: (key) => moment(key.expiresAt) },
    {
      id: "state",
      heading: t`Revoke`,
      cell: (key) =>
        key.revokedAt ? (
          <Chip>
            <Trans>revoked</Trans>
          </Chip>
        ) : key.expiresAt && Date.parse(key.expiresAt) <= presentMoment() ? (
          <Chip>
            <Trans>ended</Trans>
          </Chip>
        ) : (
          <Button size="small" look="soft" aria-label={t`Revoke ${key.name}…`} onClick={() => ask(key)}>
            <Trans>Revoke…</Trans>
          </Button>
        ),
    },
  ];

  return (
    <>
      {made ? <Secret made={made} onClose={() => setMade(null)} /> : null}
      <Fetched query={query}>
        {({ keys }) => (
          <div className={css.box}>
            <DataTable
              caption={t`API keys`}
              columns={columns}
              rows={keys}
              rowKey={(key) => key.id}
              empty={
                <p className={`${css.pad} small mid`}>
                  <Trans>No key yet. A program needs one to use the API.</Trans>
                </p>
              }
            />
          </div>
        )}
      </Fetched>
      <MakeKey onMade={setMade} />
      <Dialog
        open={asked !== null}
        onClose={() => ask(null)}
        role="alertdialog"
        title={t`Revoke ${asked?.name ?? ""}?`}
        foot={
          <>
            <Button onClick={() => ask(null)}>
              <Trans>Leave it</Trans>
            </Button>
            <Button look="stop" busy={revoke.busy} onClick={() => (asked ? revoke.send(asked) : undefined)}>
              <Trans>Revoke now</Trans>
            </Button>
          </>
        }
      >
        <p>
          <Trans>Programs that use it are refused at once. It cannot be made valid again.</Trans>
        </p>
        {revoke.problem ? <ProblemNotice problem={revoke.problem} /> : null}
      </Dialog>
    </>
  );
}

/** The secret stands here until it is closed, and nowhere else ever again. */
function Secret({ made, onClose }: { made: ApiKeyMade; onClose: () => void }) {
  const { t } = useLingui();
  const box = useRef<HTMLDivElement>(null);

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(made.secret);
      toasts.add({ text: t`The secret is copied.` });
    } catch {
      // Browsers give the clipboard to pages by https only; by hand it always works.
      box.current?.querySelector("input")?.select();
      toasts.add({ text: t`It could not be copied from here. It is selected: copy it by hand.` });
    }
  }

  return (
    <Card title={t`The secret of ${made.name}`}>
      <div className={css.form} ref={box} role="status">
        <TextField
          label={t`Secret`}
          hint={t`It is shown this once. Keep it where secrets are kept.`}
          readOnly
          dir="ltr"
          value={made.secret}
          onFocus={(event) => event.target.select()}
        />
        <p className="small mid">
          <Trans>It may do nothing yet: give it rights under Rights.</Trans>
        </p>
        <div className="row wrap">
          <Button look="primary" onClick={() => void copy()}>
            <Trans>Copy the secret</Trans>
          </Button>
          <Button look="bare" onClick={onClose}>
            <Trans>I have kept it</Trans>
          </Button>
        </div>
      </div>
    </Card>
  );
}

function MakeKey({ onMade }: { onMade: (made: ApiKeyMade) => void }) {
  const { t } = useLingui();
  const [name, setName] = useState("");
  const [ends, setEnds] = useState("");
  const [tried, setTried] = useState(false);
  const make = useCommand({
    run: makeApiKey,
    invalidates: () => [["people"]],
    onDone: (made) => {
      onMade(made);
      setName("");
      setEnds("");
      setTried(false);
    },
  });
  const end = ends === "" ? null : new Date(`${ends}T23:59:59.999`);
  const faults = {
    name: name.trim() === "" ? t`Name what will use it.` : undefined,
    ends: end && !(end.getTime() > presentMoment()) ? t`Choose a day to come, or none.` : undefined,
  };

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    setTried(true);
    if (faults.name || faults.ends || make.busy) return;
    make.send({ name: name.trim(), expiresAt: end ? end.toISOString() : null });
  }

  return (
    <Card title={t`Make a key`}>
      <form className={css.form} onSubmit={onSubmit} noValidate>
        {make.problem ? <ProblemNotice problem={make.problem} /> : null}
        <TextField
          label={t`Name`}
          hint={t`The program that will use it.`}
          maxLength={120}
          value={name}
          fault={tried ? faults.name : undefined}
          onChange={(event) => setName(event.target.value)}
        />
        <TextField
          label={t`Last day (may stay empty)`}
          type="date"
          value={ends}
          fault={tried ? faults.ends : undefined}
          onChange={(event) => setEnds(event.target.value)}
        />
        <Button type="submit" look="primary" className={css.start} busy={make.busy}>
          <Trans>Make the key</Trans>
        </Button>
      </form>
    </Card>
  );
}
