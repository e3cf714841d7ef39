import { Trans, useLingui } from "@lingui/react/macro";
import type { ChatSetUp } from "#contracts/webchat";
import { Button } from "../../../shared/ui/button.tsx";
import { Card } from "../../../shared/ui/card.tsx";
import { Chip } from "../../../shared/ui/chip.tsx";
import { Moment } from "../../../shared/ui/moment.tsx";
import css from "./chat-page.module.css";
import { useCopy } from "./use-copy.ts";

type OnTheSiteProps = { setUp: ChatSetUp; busy: boolean; onLook: () => void };

/** The line for the site's pages, the words its security policy needs, and whether the site has shown the chat. */
export function OnTheSite({ setUp, busy, onLook }: OnTheSiteProps) {
  const { t } = useLingui();
  const copy = useCopy();
  const policy = setUp.policy.join("; ");
  return (
    <Card title={t`On your site`}>
      <div className={css.form}>
        <p className="small mid">
          <Trans>Put this line into every page that is to show the chat, before the end of its body.</Trans>
        </p>
        <Code words={setUp.snippet} label={t`The line for your pages`} />
        <div className={css.acts}>
          <Button look="primary" icon="link" onClick={() => void copy(setUp.snippet)}>
            <Trans>Copy the line</Trans>
          </Button>
        </div>
        <details className={css.more}>
          <summary>
            <Trans>Your pages have a Content-Security-Policy?</Trans>
          </summary>
          <div className={css.form}>
            <p className="small mid">
              <Trans>It has to allow these two, and no more.</Trans>
            </p>
            <Code words={policy} label={t`Words for the Content-Security-Policy`} />
            <div className={css.acts}>
              <Button size="small" onClick={() => void copy(policy)}>
                <Trans>Copy the words</Trans>
              </Button>
            </div>
          </div>
        </details>
        <section className={css.form} aria-labelledby="chat-sites">
          <h3 id="chat-sites" className={css.heading}>
            <Trans>Is it on your site?</Trans>
          </h3>
          {setUp.sites.length === 0 ? (
            <p className="small mid">
              <Trans>No site is named yet. Name one below: only named sites may show the chat.</Trans>
            </p>
          ) : (
            <ul className={css.sites}>
              {setUp.sites.map(({ origin, helloAt }) => (
                <li key={origin} className={css.site}>
                  <bdi className={css.origin}>{origin}</bdi>
                  {helloAt ? (
                    <Chip look="good">
                      <Trans>
                        seen <Moment at={helloAt} />
                      </Trans>
                    </Chip>
                  ) : (
                    <Chip look="soon">
                      <Trans>not seen yet</Trans>
                    </Chip>
                  )}
                </li>
              ))}
            </ul>
          )}
          <div className={css.acts}>
            <Button size="small" busy={busy} onClick={onLook}>
              <Trans>Look again</Trans>
            </Button>
          </div>
          {setUp.sites.some((one) => one.helloAt === null) ? (
            <p className="small mid">
              <Trans>
                Open a page that has the line in it, then look again. It is noted as soon as a page shows the chat.
              </Trans>
            </p>
          ) : null}
        </section>
      </div>
    </Card>
  );
}

/** Words to be copied whole: marked as soon as the focus is on them. */
export function Code({ words, label }: { words: string; label: string }) {
  return (
    <textarea
      className={css.code}
      readOnly
      rows={Math.ceil(words.length / 64)}
      value={words}
      aria-label={label}
      dir="ltr"
      spellCheck={false}
      onFocus={(event) => event.target.select()}
    />
  );
}
