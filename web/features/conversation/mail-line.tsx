import { useLingui } from "@lingui/react/macro";
import type { MailFacts } from "#contracts/desk";
import { useLists } from "../../shared/text/use-lists.ts";
import { Icon } from "../../shared/ui/icon.tsx";
import css from "./mail-line.module.css";

type MailLineProps = { mail: MailFacts; inbound: boolean };

/** Under a mail's name: who else got it, and whether its sender is who the mail says. */
export default function MailLine({ mail, inbound }: MailLineProps) {
  const { t } = useLingui();
  const { list } = useLists();
  const others = mail.to.length > 1 ? mail.to : [];
  const named = (all: MailFacts["to"]) => list(all.map((one) => one.name || one.address));
  const exact = (all: MailFacts["to"]) =>
    list(all.map((one) => (one.name ? `${one.name} <${one.address}>` : one.address)));
  const proof = {
    verified: t`The mail server has checked it (DMARC, DKIM or SPF): this mail comes from the domain that it names.`,
    failed: t`The domain that this mail names disowns it (DMARC, DKIM or SPF failed): somebody else may have written it. Ask before you tell or change anything.`,
    none: t`Nobody whom we trust has checked where this mail comes from. Anybody can write a name and an address.`,
  };
  const words = { verified: t`sender verified`, failed: t`sender not proved`, none: t`sender not checked` };
  const state = mail.sender ?? "none";
  return (
    <p className={css.mail}>
      {others.length > 0 ? (
        <span title={exact(others)}>
          {t`To`} <bdi>{named(others)}</bdi>
        </span>
      ) : null}
      {mail.cc.length > 0 ? (
        <span title={exact(mail.cc)}>
          {t`Cc`} <bdi>{named(mail.cc)}</bdi>
        </span>
      ) : null}
      {mail.alsoBy && mail.alsoBy.length > 0 ? (
        <span>
          {t`also received by`} <bdi>{list(mail.alsoBy)}</bdi>
        </span>
      ) : null}
      {inbound ? (
        <span className={state === "failed" ? css.failed : undefined} title={proof[state]}>
          <Icon name={state === "failed" ? "warning" : "shield"} size="small" /> {words[state]}
        </span>
      ) : null}
      {inbound && state === "failed" ? <span className={css.more}>{proof.failed}</span> : null}
    </p>
  );
}
