import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import type { JoinKind, JoinPreview } from "#contracts/joins";
import { ServerWords } from "../../../shared/text/said/server-words.tsx";
import { useLists } from "../../../shared/text/use-lists.ts";
import { useNow } from "../../../shared/time/clock.ts";
import { useTimeWords } from "../../../shared/time/format.ts";
import { Banner } from "../../../shared/ui/banner.tsx";
import css from "./joins.module.css";

/** What an act would change, one fact a line. */
export function JoinPreviewView({ preview, kind }: { preview: JoinPreview; kind: JoinKind }) {
  const { t } = useLingui();
  const { list } = useLists();
  const words = useTimeWords();
  const now = useNow("minute");
  const { from, into, messages, answersAlong, episodes, owner, customers, notes, onTheirWay, figures, warnings } =
    preview;
  const since = (at: string | null) => (at === null ? t`nobody waits` : t`since ${words.moment(at, now)}`);
  const lines: { name: string; says: string }[] = [];
  if (kind === "link") lines.push({ name: t`Messages`, says: t`All stay where they are.` });
  else
    lines.push({
      name: t`Messages`,
      says:
        answersAlong > 0
          ? t`${plural(messages, { one: "# goes", other: "# go" })} along, ${plural(answersAlong, { one: "# of them our answer", other: "# of them our answers" })}`
          : t`${plural(messages, { one: "# goes", other: "# go" })} along`,
    });
  for (const episode of episodes) {
    const says = {
      "goes-on": t`goes on, ${since(episode.waitsSince)}`,
      "goes-on-in-another": t`becomes part of the other work, and counts no more`,
      moves: t`goes along, ${since(episode.waitsSince)}`,
      begins: t`begins, ${since(episode.waitsSince)}`,
      "comes-back": t`is work of its own again, ${since(episode.waitsSince)}`,
      "never-was": t`ends, as if it had never begun`,
      "as-it-is": null,
    }[episode.what];
    if (says !== null) lines.push({ name: t`Episode`, says });
  }
  if (owner.before !== null || owner.after !== null)
    lines.push({
      name: t`Owner`,
      says:
        owner.before === owner.after
          ? (owner.after ?? "")
          : t`${owner.before ?? t`nobody`} → ${owner.after ?? t`whoever is free`}`,
    });
  lines.push({ name: t`Customer`, says: list(customers.map((one) => one.name || t`unknown`)) });
  if (notes > 0)
    lines.push({ name: t`Notes`, says: t`${plural(notes, { one: "# goes along", other: "# go along" })}` });
  if (onTheirWay > 0)
    lines.push({
      name: t`Replies on their way`,
      says: t`${plural(onTheirWay, { one: "# goes along", other: "# go along" })}`,
    });
  if (figures.length > 0)
    lines.push({ name: t`Figures`, says: t`${plural(figures.length, { one: "# is", other: "# are" })} computed anew` });
  return (
    <>
      <div className={css.way}>
        <p>
          <Named number={from.number} subject={from.subject} />
        </p>
        <p>
          <span aria-hidden="true" className="flip">
            →
          </span>
          {into ? <Named number={into.number} subject={into.subject} /> : <b>{t`a new conversation`}</b>}
        </p>
      </div>
      <dl className={css.facts}>
        {lines.map((line, place) => (
          <div key={place}>
            <dt className="small mute">{line.name}</dt>
            <dd>
              <bdi>{line.says}</bdi>
            </dd>
          </div>
        ))}
      </dl>
      {warnings.map((warning) => (
        <Banner key={warning.code} look="soon" title={t`Look at this`}>
          <ServerWords code={warning.code}>{warning.text}</ServerWords>
        </Banner>
      ))}
      <p className="small mute">{t`It can be taken back at any time.`}</p>
    </>
  );
}

function Named({ number, subject }: { number: string; subject: string }) {
  return (
    <>
      <span className="num mid">{number}</span> <bdi className="strong clip">{subject}</bdi>
    </>
  );
}
