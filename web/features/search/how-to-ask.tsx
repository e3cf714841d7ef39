import { useLingui } from "@lingui/react/macro";
import css from "./search.module.css";

/** What a search may say, each line ready to be tried. */
export function HowToAsk({ onAsk }: { onAsk: (q: string) => void }) {
  const { t } = useLingui();
  const lines: [say: string, means: string][] = [
    ["router broken", t`both words, whatever their order`],
    ['"not the router"', t`the words as they stand`],
    ["rout*", t`words that begin so`],
    ["*oute*", t`words that have it inside, three letters at least`],
    ["router -broken", t`the first word without the second`],
    ["from:anna to:northwind", t`by who said it, and to whom; from:me is what you wrote`],
    ["is:open queue:care", t`where the work stands: open, done or mine, and its queue`],
    ["medium:email lang:de", t`public, dm, email, chat or phone; a language; a brand or network by its name`],
    ["after:7d before:today", t`days: 2026-11-03, today, yesterday, 7d`],
    ["has:file", t`with a file, or has:link`],
    ["C-7", t`a conversation by its number`],
  ];
  return (
    <section className={css.how} aria-label={t`How to ask`}>
      <dl className={css.lines}>
        {lines.map(([say, means]) => (
          <div key={say} className={css.howLine}>
            <dt>
              <button type="button" className={css.example} onClick={() => onAsk(say)}>
                {say}
              </button>
            </dt>
            <dd>{means}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
