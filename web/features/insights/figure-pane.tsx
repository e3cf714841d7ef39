import { Trans, useLingui } from "@lingui/react/macro";
import type { Figure } from "#contracts/insights";
import { Button } from "../../shared/ui/button.tsx";
import { Facts } from "../../shared/ui/card.tsx";
import { Chip } from "../../shared/ui/chip.tsx";
import { FigureChart } from "./figure-chart.tsx";
import css from "./figure-pane.module.css";
import { FigureRows } from "./figure-rows.tsx";
import { GROUPS, UNITS } from "./figure-words.ts";
import type { Asked, FiguresView } from "./figures-query.ts";
import { MoveTable } from "./move-table.tsx";
import { useFigureName } from "./use-figure-name.ts";
import { useMeasureWords } from "./use-measure-words.ts";

type FigurePaneProps = {
  figure: Figure;
  view: FiguresView;
  asked: Asked;
  closeKeys: string | undefined;
  onClose: () => void;
};

/** One figure opened: what it means, how it stands, how it went, and its rows. */
export function FigurePane({ figure, view, asked, closeKeys, onClose }: FigurePaneProps) {
  const { t, i18n } = useLingui();
  const words = useMeasureWords(view.zone);
  const name = useFigureName()(figure.key);
  const group = GROUPS.find((one) => one.id === figure.group);
  const delta = words.delta(figure);
  const asOf = Date.parse(view.asOf);
  const until = figure.provisionalUntil ? Date.parse(figure.provisionalUntil) : null;
  const parts = figure.parts;

  const facts = [
    { name: t`Value`, value: <b className="num">{words.value(figure.measure, figure.value)}</b> },
    ...(figure.before === null
      ? []
      : [
          {
            name: t`The span before`,
            value: (
              <span className="num">
                {words.value(figure.measure, figure.before)}
                {delta ? ` (${delta.text})` : null}
              </span>
            ),
          },
        ]),
    ...(parts && parts.p90 !== null
      ? [{ name: t`9 of 10 took at most`, value: <span className="num">{words.length(parts.p90)}</span> }]
      : []),
    ...(parts && parts.inTarget !== null
      ? [{ name: t`Within the target`, value: <span className="num">{words.value("share", parts.inTarget)}</span> }]
      : []),
    ...(figure.goal === null
      ? []
      : [
          {
            name: parts ? t`Goal for the share within the target` : t`Goal`,
            value: <span className="num">{words.value("share", figure.goal)}</span>,
          },
        ]),
    { name: t`Days begin in`, value: view.zone },
    { name: t`Counted at`, value: <span className="num">{words.moment(view.asOf)}</span> },
  ];

  return (
    <>
      <header className={css.head}>
        <h2 className={css.title}>{name}</h2>
        {group ? <Chip>{i18n._(group.name)}</Chip> : null}
        <Button
          look="bare"
          icon="close"
          iconOnly
          className="end"
          aria-label={t`Close ${name}`}
          aria-keyshortcuts={closeKeys}
          onClick={onClose}
        />
        <p className={css.definition}>{figure.definition}</p>
        <p className={css.state}>
          <span className={figure.settled ? css.settled : css.open} aria-hidden="true" />
          {figure.settled ? (
            <Trans>Settled: it will not change.</Trans>
          ) : until !== null ? (
            <Trans>Provisional until {words.until(until, asOf)}: it may still change.</Trans>
          ) : (
            <Trans>Provisional: it may still change.</Trans>
          )}{" "}
          {i18n._(UNITS[figure.unit])}.
        </p>
      </header>
      <section className={css.part} aria-label={t`How it stands`}>
        <Facts rows={facts} />
      </section>
      <section className={css.part} aria-label={t`How it went`}>
        <FigureChart figure={figure} view={view} />
      </section>
      {figure.unit === "invitations" ? <MoveTable asked={asked} /> : null}
      <FigureRows key={figure.key} figure={figure} view={view} asked={asked} />
    </>
  );
}
