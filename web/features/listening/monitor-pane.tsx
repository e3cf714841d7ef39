import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useCommand } from "../../shared/api/use-command.ts";
import { Button } from "../../shared/ui/button.tsx";
import { Chip } from "../../shared/ui/chip.tsx";
import { Dialog } from "../../shared/ui/dialog.tsx";
import { Fetched } from "../../shared/ui/fetched.tsx";
import { Moment } from "../../shared/ui/moment.tsx";
import { ProblemNotice } from "../../shared/ui/problem-notice.tsx";
import { toasts } from "../../shared/ui/toast.tsx";
import css from "./listening.module.css";
import { MonitorEditor } from "./monitor-editor.tsx";
import { MonitorPosts } from "./monitor-posts.tsx";
import { type Monitor, removeMonitor, switchMonitor, versionsQuery } from "./monitors-query.ts";
import { piecesOf } from "./query-pieces.ts";

type PaneProps = {
  monitor: Monitor;
  monitors: readonly Monitor[];
  brands: readonly { id: string; name: string }[];
  editing: boolean;
  onEdit: (edit: boolean) => void;
  onGone: () => void;
};

/** One monitor: what it listens for, and what it caught. */
export function MonitorPane({ monitor, monitors, brands, editing, onEdit, onGone }: PaneProps) {
  const { t } = useLingui();
  const [removing, setRemoving] = useState(false);
  const [before, setBefore] = useState(false);
  const { id, version: expectedVersion } = monitor;
  const turn = useCommand<{ on: boolean }>({
    run: ({ on }, commandId) => switchMonitor({ id, on, expectedVersion }, commandId),
    invalidates: () => [["monitors"]],
    onDone: (_, { on }) =>
      toasts.add({ text: on ? t`The monitor listens.` : t`The monitor is off. What it caught stays.` }),
  });
  const remove = useCommand<object>({
    run: (_, commandId) => removeMonitor({ id, expectedVersion }, commandId),
    invalidates: () => [["monitors"]],
    onDone: () => {
      setRemoving(false);
      toasts.add({ text: t`The monitor is gone. What it caught stays where it is.` });
      onGone();
    },
  });
  const brand = brands.find((one) => one.id === monitor.brandId)?.name;
  return (
    <>
      <section className={css.box} aria-label={monitor.name}>
        <header className={css.boxHead}>
          <h3 className={css.name}>
            <span className={css.dot} data-colour={monitor.colour} aria-hidden="true" /> {monitor.name}
          </h3>
          {monitor.on ? <Chip look="good">{t`Listens`}</Chip> : <Chip look="dashed">{t`Off`}</Chip>}
          {brand ? <Chip>{brand}</Chip> : null}
          {monitor.canManage && !editing ? (
            <span className={css.acts}>
              <Button size="small" busy={turn.busy} onClick={() => turn.send({ on: !monitor.on })}>
                {monitor.on ? t`Switch off` : t`Switch on`}
              </Button>
              <Button size="small" onClick={() => setRemoving(true)}>{t`Remove`}</Button>
              <Button size="small" look="primary" icon="pen" onClick={() => onEdit(true)}>
                {t`Change`}
              </Button>
            </span>
          ) : null}
        </header>
        {turn.problem ? <ProblemNotice problem={turn.problem} /> : null}
        {editing && monitor.canManage ? (
          <MonitorEditor
            monitor={monitor}
            brands={brands}
            onDone={() => onEdit(false)}
            onCancel={() => onEdit(false)}
          />
        ) : (
          <>
            <pre className={css.shown} dir="ltr">
              <code>
                {piecesOf(monitor.query).map((piece) => (
                  <span key={piece.at} className={css[piece.kind]}>
                    {monitor.query.slice(piece.at, piece.at + piece.length)}
                  </span>
                ))}
              </code>
            </pre>
            <p className={css.under}>
              {monitor.createdBy ? t`Made by ${monitor.createdBy}, last changed` : t`Last changed`}{" "}
              <Moment at={monitor.changedAt} />
              <button type="button" className={css.there} aria-expanded={before} onClick={() => setBefore(!before)}>
                {t`Former versions`}
              </button>
            </p>
            {before ? <Versions monitorId={id} /> : null}
          </>
        )}
      </section>
      {editing ? null : <MonitorPosts monitor={monitor} monitors={monitors} />}
      <Dialog
        open={removing}
        onClose={() => setRemoving(false)}
        role="alertdialog"
        title={t`Remove “${monitor.name}”?`}
        foot={
          <>
            <Button onClick={() => setRemoving(false)}>{t`Keep it`}</Button>
            <Button look="stop" busy={remove.busy} onClick={() => remove.send({})}>{t`Remove the monitor`}</Button>
          </>
        }
      >
        <p>{t`It listens no more. What it caught stays where it is.`}</p>
        {remove.problem ? <ProblemNotice problem={remove.problem} /> : null}
      </Dialog>
    </>
  );
}

function Versions({ monitorId }: { monitorId: string }) {
  const { t } = useLingui();
  const said = { made: t`made`, changed: t`changed`, on: t`switched on`, off: t`switched off`, removed: t`removed` };
  return (
    <Fetched query={useQuery(versionsQuery(monitorId))}>
      {({ versions }) => (
        <ol className={css.versions} reversed>
          {versions.map((one) => (
            <li key={one.version}>
              <p className={css.who}>
                <b>{said[one.change]}</b> {one.by ?? ""} <Moment at={one.at} />
              </p>
              <code>{one.query}</code>
            </li>
          ))}
        </ol>
      )}
    </Fetched>
  );
}
