import { Trans, useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { ChatSetUp } from "#contracts/webchat";
import { channelsQuery } from "../../../shared/api/channels-query.ts";
import { useCommand } from "../../../shared/api/use-command.ts";
import { Button } from "../../../shared/ui/button.tsx";
import { Card } from "../../../shared/ui/card.tsx";
import { sayFaultOf } from "../../../shared/ui/fault-words.ts";
import { Select, TextArea } from "../../../shared/ui/field.tsx";
import { ProblemNotice } from "../../../shared/ui/problem-notice.tsx";
import { toasts } from "../../../shared/ui/toast.tsx";
import css from "./chat-page.module.css";
import { chatQuery, type Settings, saveChat } from "./chat-query.ts";
import { Consent } from "./consent.tsx";
import { Greetings } from "./greetings.tsx";
import { Identity } from "./identity.tsx";
import { Looks } from "./looks.tsx";
import { OnTheSite } from "./on-the-site.tsx";
import { Preview } from "./preview.tsx";
import { Rules } from "./rules.tsx";
import { LANGUAGES, sitesIn, tidied } from "./words.ts";

type ChatFormProps = { id: string; setUp: ChatSetUp; looking: boolean; onLook: () => void };

/** What is changed here is seen in the preview at once, and by visitors when it is saved. */
export function ChatForm({ id, setUp, looking, onLook }: ChatFormProps) {
  const { t, i18n } = useLingui();
  const client = useQueryClient();
  const [draft, setDraft] = useState<Settings>(setUp.settings);
  const [sites, setSites] = useState(setUp.settings.origins.join("\n"));
  const [language, setLanguage] = useState("");
  const [asksAnew, setAsksAnew] = useState(true);
  const before = setUp.settings;
  const wanted = tidied({ ...draft, origins: sitesIn(sites) }, before, asksAnew);
  const isChanged = JSON.stringify(wanted) !== JSON.stringify(before);
  const change = (to: Partial<Settings>) => setDraft((now) => ({ ...now, ...to }));
  const keep = (fresh: ChatSetUp) => {
    client.setQueryData(chatQuery(id).queryKey, fresh);
    void client.invalidateQueries({ queryKey: channelsQuery.queryKey, exact: true });
  };
  const take = ({ settings }: ChatSetUp) => {
    setDraft(settings);
    setSites(settings.origins.join("\n"));
  };
  const save = useCommand({
    run: saveChat,
    onDone: (fresh) => {
      keep(fresh);
      take(fresh);
      setAsksAnew(true);
      toasts.add({ text: t`Saved. Visitors see it within seconds.` });
    },
  });
  const faultOf = (field: string) => sayFaultOf(save.problem, `settings.${field}`);
  const names = new Intl.DisplayNames(i18n.locale, { type: "language" });

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    if (isChanged && !save.busy) save.send({ id, settings: wanted, expectedVersion: setUp.version });
  }
  async function seeNow(): Promise<void> {
    save.clear();
    const fresh = await client.fetchQuery({ ...chatQuery(id), staleTime: 0 });
    take(fresh);
  }

  return (
    <div className={css.sides}>
      <div className={css.left}>
        <OnTheSite setUp={setUp} busy={looking} onLook={onLook} />
        <form className={css.left} onSubmit={onSubmit} noValidate aria-label={t`Settings of the chat`}>
          <Card title={t`Sites`}>
            <TextArea
              label={t`Sites that may show the chat`}
              hint={t`One a line: scheme and host alone, such as https://www.northwind.example. No other site can frame it.`}
              rows={3}
              dir="ltr"
              spellCheck={false}
              value={sites}
              fault={faultOf("origins")}
              onChange={(event) => setSites(event.target.value)}
            />
          </Card>
          <Looks settings={draft} onChange={change} />
          <Card title={t`What it says`}>
            <div className={css.form}>
              <Select
                label={t`Language of the words below, and of the preview`}
                hint={t`Visitors read the words of their language; where there are none, those for everybody else.`}
                value={language}
                options={[
                  { value: "", label: t`Everybody else` },
                  ...LANGUAGES.map((one) => ({ value: one, label: names.of(one) ?? one })),
                ]}
                onChange={setLanguage}
              />
              <Greetings greetings={draft.greeting} language={language} onChange={(greeting) => change({ greeting })} />
            </div>
          </Card>
          <Consent
            before={before.consent}
            consent={draft.consent}
            language={language}
            tellsPages={draft.visit.show}
            asksAnew={asksAnew}
            onAsksAnew={setAsksAnew}
            fault={faultOf("consent")}
            onChange={(consent) => change({ consent })}
          />
          <Rules setUp={setUp} settings={draft} faultOf={faultOf} onChange={change} />
          {save.problem ? (
            <ProblemNotice
              problem={save.problem}
              safe={t`What you changed is still here.`}
              acts={
                save.problem.kind === "conflict" ? (
                  <Button size="small" onClick={() => void seeNow()}>
                    <Trans>See how it is now</Trans>
                  </Button>
                ) : undefined
              }
            />
          ) : null}
          <div className={css.bar}>
            <Button type="submit" look="primary" busy={save.busy} disabled={!isChanged}>
              <Trans>Save</Trans>
            </Button>
            {isChanged ? (
              <Button look="bare" onClick={() => take(setUp)}>
                <Trans>Leave it as it was</Trans>
              </Button>
            ) : null}
            <span className="small mid" role="status">
              {isChanged ? t`Not saved yet.` : t`Everything is saved.`}
            </span>
          </div>
        </form>
        <Identity id={id} version={setUp.version} onMade={(version) => keep({ ...setUp, version })} />
      </div>
      <aside className={css.aside} aria-label={t`Preview`}>
        <Preview
          chatKey={setUp.key}
          brandName={setUp.brandName}
          settings={draft}
          language={language === "" ? "en" : language}
        />
      </aside>
    </div>
  );
}
