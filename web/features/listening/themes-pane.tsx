import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useLists } from "../../shared/text/use-lists.ts";
import { Card } from "../../shared/ui/card.tsx";
import { Fetched } from "../../shared/ui/fetched.tsx";
import css from "./listening.module.css";
import { TrendPosts } from "./trend-posts.tsx";
import { type MonitorThemes, type TrendSpan, themesQuery } from "./trends-query.ts";
import { useTrendWords } from "./use-trend-words.ts";

/** What the posts of a monitor speak of, and what is new in it; each opens the posts that show it. */
export function ThemesPane({ monitorId, span }: { monitorId: string; span: TrendSpan }) {
  return <Fetched query={useQuery(themesQuery(monitorId, span))}>{(found) => <Found found={found} />}</Fetched>;
}

function Found({ found }: { found: MonitorThemes }) {
  const { t } = useLingui();
  const { list, quote } = useLists();
  const words = useTrendWords();
  const [posts, people, before] = [found.of.posts, found.of.people, found.of.before].map(words.number);
  const read = found.of.all
    ? t`Read of ${posts} posts by ${people} people, noise left out; ${before} of the time before beside them.`
    : t`Read of the newest ${posts} posts by ${people} people, noise left out; ${before} of the time before beside them.`;
  if (found.tooFew)
    return (
      <Card title={t`What they speak of`} level={3}>
        <p className="mid">{t`Too few posts to tell: ${posts} in this time.`}</p>
      </Card>
    );
  const most = Math.max(1, ...found.themes.map((theme) => theme.posts));
  return (
    <div className={css.pair}>
      <Card title={t`What they speak of`} level={3}>
        <div className={css.stack}>
          {found.themes.length === 0 ? (
            <p className="mid">{t`No phrase is shared by several people: everybody speaks of something else.`}</p>
          ) : (
            <ul className={css.bare}>
              {found.themes.map((theme) => {
                const [count, angry] = [words.number(theme.posts), words.number(theme.negative)];
                return (
                  <Opened
                    key={theme.name}
                    found={found}
                    examples={theme.examples}
                    name={theme.name}
                    under={[list(theme.words), theme.negative > 0 ? t`${angry} angry or sad` : ""]
                      .filter(Boolean)
                      .join(" · ")}
                    figure={count}
                    part={theme.posts / most}
                    angry={theme.negative / theme.posts}
                  />
                );
              })}
            </ul>
          )}
          <p className={css.hint}>
            {read} {t`A theme is the phrase that most people share; each post is in one.`}
          </p>
        </div>
      </Card>
      <div className={css.stack}>
        <Card title={t`New phrases`} level={3}>
          <div className={css.stack}>
            {found.phrases.length === 0 ? (
              <p className="mid">
                {found.of.before < 12
                  ? t`Too few posts in the time before to compare with.`
                  : t`Nothing is said clearly more often than in the time before.`}
              </p>
            ) : (
              <ul className={css.bare}>
                {found.phrases.map((one) => {
                  const [now, of, was, times] = [
                    words.number(one.now),
                    words.number(one.nowOf),
                    words.number(one.before),
                    words.tenth(one.times),
                  ];
                  return (
                    <Opened
                      key={one.phrase}
                      found={found}
                      examples={one.examples}
                      name={quote(one.phrase)}
                      under={t`${now} of ${of} people, ${was} before`}
                      figure={t`${times} ×`}
                    />
                  );
                })}
              </ul>
            )}
            <p
              className={css.hint}
            >{t`By log-likelihood: chance alone says as much of one phrase in a thousand. People count, not posts.`}</p>
          </div>
        </Card>
        <Card title={t`What they want`} level={3}>
          <ul className={css.bare}>
            {found.topics.map((one) => (
              <li key={one.topic} className={css.bar}>
                <span>{words.topic(one.topic)}</span>
                <span className={css.track} aria-hidden="true">
                  <span style={{ inlineSize: `${(100 * one.posts) / Math.max(1, found.of.posts)}%` }} />
                </span>
                <span className="num">{one.share === null ? words.number(one.posts) : words.share(one.share)}</span>
              </li>
            ))}
          </ul>
        </Card>
      </div>
    </div>
  );
}

type OpenedProps = {
  found: MonitorThemes;
  examples: readonly string[];
  name: string;
  under: string;
  figure: string;
  part?: number;
  angry?: number;
};

function Opened({ found, examples, name, under, figure, part, angry = 0 }: OpenedProps) {
  const { t } = useLingui();
  const [open, setOpen] = useState(false);
  const posts = examples.flatMap((id) => found.posts.find((post) => post.id === id) ?? []);
  return (
    <li>
      <button type="button" className={css.theme} aria-expanded={open} onClick={() => setOpen(!open)}>
        <span className={css.rowWords}>
          <b dir="auto">{name}</b>
          {under === "" ? null : <span className={css.rowUnder}>{under}</span>}
        </span>
        {part === undefined ? null : (
          <span className={css.track} aria-hidden="true">
            <span data-angry={angry >= 0.5 ? "" : undefined} style={{ inlineSize: `${100 * part}%` }} />
          </span>
        )}
        <span className="num">{figure}</span>
      </button>
      {open ? <TrendPosts posts={posts} label={t`Posts that show ${name}`} /> : null}
    </li>
  );
}
