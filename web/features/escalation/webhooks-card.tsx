import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useCommand } from "../../shared/api/use-command.ts";
import { Banner } from "../../shared/ui/banner.tsx";
import { Button } from "../../shared/ui/button.tsx";
import { Card } from "../../shared/ui/card.tsx";
import { Chip } from "../../shared/ui/chip.tsx";
import { TextField } from "../../shared/ui/field.tsx";
import { Moment } from "../../shared/ui/moment.tsx";
import { ProblemNotice } from "../../shared/ui/problem-notice.tsx";
import css from "./escalation.module.css";
import { addWebhook, dropWebhook, webhooksQuery } from "./escalation-query.ts";

/** The company's tools that are told of pages, each with a secret that signs every call. */
export function WebhooksCard() {
  const { t } = useLingui();
  const { data } = useQuery(webhooksQuery);
  const [open, setOpen] = useState(false);
  const [name, setName] = useState("");
  const [url, setUrl] = useState("");
  const [tried, setTried] = useState(false);
  const add = useCommand({
    run: addWebhook,
    invalidates: () => [
      ["escalations", "webhooks"],
      ["escalations", "reach"],
    ],
    onDone: () => {
      setOpen(false);
      setName("");
      setUrl("");
      setTried(false);
    },
  });
  const drop = useCommand({
    run: dropWebhook,
    invalidates: () => [
      ["escalations", "webhooks"],
      ["escalations", "reach"],
    ],
  });
  function submit(event: FormEvent): void {
    event.preventDefault();
    setTried(true);
    if (name.trim() && url.trim() && !add.busy) add.send({ name: name.trim(), url: url.trim() });
  }
  return (
    <Card
      title={t`Tools of the company`}
      acts={
        <Button size="small" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? t`Leave it` : t`Add a webhook`}
        </Button>
      }
    >
      <div className={css.form}>
        {add.answer ? (
          <Banner look="info" title={t`The secret is shown only now.`} announce="polite">
            <span className={css.secret}>{add.answer.secret}</span>
          </Banner>
        ) : null}
        {open ? (
          <form className={css.form} onSubmit={submit} noValidate>
            {add.problem ? <ProblemNotice problem={add.problem} safe={t`Your words are safe here.`} /> : null}
            <div className={css.pair}>
              <TextField
                label={t`Name`}
                maxLength={80}
                value={name}
                fault={tried && !name.trim() ? t`Give it a name.` : undefined}
                onChange={(event) => setName(event.target.value)}
              />
              <TextField
                label={t`Address`}
                type="url"
                placeholder="https://"
                maxLength={2_000}
                value={url}
                fault={tried && !url.trim() ? t`Write its address.` : undefined}
                onChange={(event) => setUrl(event.target.value)}
              />
            </div>
            <div>
              <Button look="primary" type="submit" busy={add.busy}>{t`Add it`}</Button>
            </div>
          </form>
        ) : null}
        {data && data.webhooks.length === 0 && !open ? (
          <p className="mid">
            <Trans>None yet. Calls are signed as Standard Webhooks describe it.</Trans>
          </p>
        ) : null}
        <ul className={css.list}>
          {(data?.webhooks ?? []).map((hook) => (
            <li key={hook.id} className={css.rowHead}>
              <b>{hook.name}</b>
              <span className="small mid clip">{hook.url}</span>
              {hook.state === "dead" ? (
                <Chip look="late" icon="warning" title={hook.trouble ?? undefined}>{t`takes nothing`}</Chip>
              ) : hook.lastOkAt ? (
                <span className="small mute">
                  <Trans>
                    took one <Moment at={hook.lastOkAt} />
                  </Trans>
                </span>
              ) : null}
              <Button size="small" look="bare" busy={drop.busy} onClick={() => drop.send(hook.id)}>{t`Remove`}</Button>
            </li>
          ))}
        </ul>
      </div>
    </Card>
  );
}
