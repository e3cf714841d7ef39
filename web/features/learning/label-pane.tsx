import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { useCommand } from "../../shared/api/use-command.ts";
import { Banner } from "../../shared/ui/banner.tsx";
import { Button } from "../../shared/ui/button.tsx";
import { Chip } from "../../shared/ui/chip.tsx";
import { DataTable } from "../../shared/ui/data-table.tsx";
import { EmptyState } from "../../shared/ui/empty-state.tsx";
import { Moment } from "../../shared/ui/moment.tsx";
import { ProblemNotice } from "../../shared/ui/problem-notice.tsx";
import { toasts } from "../../shared/ui/toast.tsx";
import { Changes } from "./changes.tsx";
import css from "./learning.module.css";
import { chooseVersion, type LearntLabelView, type ModelVersionView } from "./learning-query.ts";
import { ShareCell } from "./share-cell.tsx";
import { useLabelWords } from "./use-label-words.ts";

type Wish = { task: string; version: number; pinned: boolean; expectedVersion: number };

/** One label: how good the version in use is on posts it never learnt from, and all versions to go back to. */
export function LabelPane({ label, canChoose }: { label: LearntLabelView; canChoose: boolean }) {
  const { t } = useLingui();
  const words = useLabelWords();
  const [compared, setCompared] = useState<number | null>(null);
  const choose = useCommand<Wish, Awaited<ReturnType<typeof chooseVersion>>>({
    run: chooseVersion,
    invalidates: () => [["learning"]],
    onDone: ({ was, label: now }, wish) =>
      toasts.add({
        text: wish.pinned
          ? t`From now on that version is used.`
          : t`Released. The next version that is not worse is used.`,
        undo: () =>
          choose.send({ task: wish.task, version: was.version, pinned: was.pinned, expectedVersion: now.version }),
      }),
  });
  const use = (version: number, pinned: boolean) =>
    choose.send({ task: label.task, version, pinned, expectedVersion: label.version });
  const inUse = label.versions.find((v) => v.version === label.inUse) ?? null;
  return (
    <div className={css.pane}>
      {label.pinned ? (
        <Banner
          look="soon"
          title={label.inUse === 0 ? t`What ships is pinned.` : t`Version ${label.inUse} is pinned.`}
          acts={
            canChoose ? (
              <Button size="small" busy={choose.busy} onClick={() => use(label.inUse, false)}>{t`Release it`}</Button>
            ) : undefined
          }
        >
          {t`Marks go on being learnt from, and nothing takes its place until it is released.`}{" "}
          {label.pinnedBy === null ? null : t`Pinned by ${label.pinnedBy}.`}
        </Banner>
      ) : null}
      {choose.problem ? <ProblemNotice problem={choose.problem} /> : null}
      <section className={css.box} aria-label={words.task(label.task)}>
        <header className={css.boxHead}>
          <h3 className={css.name}>{words.task(label.task)}</h3>
          <Chip>{label.inUse > 0 ? t`version ${label.inUse}` : label.ships ? t`as it ships` : t`not learnt yet`}</Chip>
        </header>
        {inUse?.figures ? <Figures version={inUse} /> : <NotMeasured label={label} />}
      </section>
      <section className={css.box} aria-label={t`Versions`}>
        <header className={css.boxHead}>
          <h3 className={css.name}>{t`Versions`}</h3>
          <span
            className={css.small}
          >{t`A version that gets more of the kept posts wrong is never used by itself.`}</span>
        </header>
        <ol className={css.versions}>
          {label.versions.map((version) => (
            <VersionRow
              key={version.version}
              version={version}
              inUse={version.version === label.inUse}
              compared={compared === version.version}
              onCompare={() => setCompared(compared === version.version ? null : version.version)}
              from={version.version === label.inUse ? (version.figures?.before?.version ?? 0) : label.inUse}
              canCompare={
                label.ships || (version.version === label.inUse ? version.figures?.before != null : label.inUse > 0)
              }
              task={label.task}
              onUse={canChoose ? () => use(version.version, true) : null}
              busy={choose.busy}
            />
          ))}
          {label.ships ? (
            <li className={css.version}>
              <div className={css.versionHead}>
                <b>{t`As it ships`}</b>
                <span className={css.small}>{t`Trained from openly licensed posts, before any mark.`}</span>
                {label.inUse === 0 ? <Chip look="good">{t`in use`}</Chip> : null}
                {canChoose && label.inUse !== 0 ? (
                  <Button className={css.end} size="small" busy={choose.busy} onClick={() => use(0, true)}>
                    {t`Go back to this`}
                  </Button>
                ) : null}
              </div>
            </li>
          ) : null}
        </ol>
      </section>
    </div>
  );
}

function NotMeasured({ label }: { label: LearntLabelView }) {
  const { t } = useLingui();
  return (
    <EmptyState level={4} title={t`Nothing is measured yet`}>
      {label.ships
        ? t`The label works with what ships. Correct it where it is wrong, or answer the five of the day: within a minute it learns, and what it learnt is measured here.`
        : t`It needs ten posts that need an answer and ten that do not. Outcomes of ordinary work count.`}
    </EmptyState>
  );
}

function Figures({ version }: { version: ModelVersionView }) {
  const { t, i18n } = useLingui();
  const words = useLabelWords();
  const figures = version.figures!;
  const two = { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  const held = i18n.number(figures.right.of);
  return (
    <>
      <div className={css.tiles}>
        <div className={css.tile}>
          <span className={css.small}>{t`Right on kept posts`}</span>
          <ShareCell share={figures.right} />
        </div>
        <div className={css.tile}>
          <span className={css.small}>{t`Calibration error`}</span>
          <b className={css.big}>{figures.calibration === null ? "–" : i18n.number(figures.calibration, two)}</b>
          <span className={css.small}>{t`how far “so sure” lies from “so often right”`}</span>
        </div>
        <div className={css.tile}>
          <span className={css.small}>{t`Learnt from marked posts`}</span>
          <b className={css.big}>{i18n.number(version.learnedFrom)}</b>
          <span className={css.small}>{t`${held} kept aside measured it`}</span>
        </div>
      </div>
      <DataTable
        caption={t`Each label on posts it never learnt from`}
        columns={[
          { id: "label", heading: t`Label`, names: true, cell: (row) => words.value(row.label) },
          { id: "precision", heading: t`Right of what it says`, cell: (row) => <ShareCell share={row.precision} /> },
          { id: "recall", heading: t`Caught of what is there`, cell: (row) => <ShareCell share={row.recall} /> },
          { id: "true", heading: t`Posts`, number: true, cell: (row) => i18n.number(row.true) },
        ]}
        rows={figures.labels}
        rowKey={(row) => row.label}
      />
    </>
  );
}

type RowProps = {
  version: ModelVersionView;
  inUse: boolean;
  task: string;
  from: number;
  canCompare: boolean;
  compared: boolean;
  busy: boolean;
  onCompare: () => void;
  onUse: (() => void) | null;
};

function VersionRow({ version, inUse, task, from, canCompare, compared, busy, onCompare, onUse }: RowProps) {
  const { t, i18n } = useLingui();
  const { figures } = version;
  const learnt = i18n.number(version.learnedFrom);
  const right = figures ? `${i18n.number(figures.right.hits)}/${i18n.number(figures.right.of)}` : "–";
  const before = figures?.before ? `${i18n.number(figures.before.right.hits)}/${i18n.number(figures.right.of)}` : null;
  return (
    <li className={css.version}>
      <div className={css.versionHead}>
        <b>{t`Version ${version.version}`}</b> <Moment at={version.at} />
        <span className={css.small}>
          {before === null
            ? t`${learnt} marked posts; ${right} right`
            : t`${learnt} marked posts; ${right} right, ${before} before`}
        </span>
        {inUse ? <Chip look="good">{t`in use`}</Chip> : null}
        {version.verdict === "worse" ? <Chip look="dashed">{t`worse, not taken`}</Chip> : null}
        {version.verdict === "pinned" ? <Chip look="dashed">{t`another was pinned`}</Chip> : null}
        <span className={css.end}>
          {canCompare ? (
            <Button size="small" look="bare" aria-expanded={compared} onClick={onCompare}>
              {inUse ? t`What it changed` : t`What would change`}
            </Button>
          ) : null}
          {onUse && !inUse ? (
            <Button size="small" busy={busy} onClick={onUse}>
              {t`Go back to this`}
            </Button>
          ) : null}
        </span>
      </div>
      {compared ? <Changes task={task} from={from} to={version.version} /> : null}
    </li>
  );
}
