import { useLingui } from "@lingui/react/macro";
import { useId, useRef, useState } from "react";
import { type CopyFacts, checkCopies, newRecipients } from "#shared/copies";
import { MOST_COPIES } from "#shared/mail-address";
import { useLists } from "../../shared/text/use-lists.ts";
import { announce } from "../../shared/ui/announcer.tsx";
import { LinkButton } from "../../shared/ui/button.tsx";
import { Icon } from "../../shared/ui/icon.tsx";
import css from "./copies.module.css";

type CopiesProps = {
  to: string;
  copies: readonly string[];
  /** Who would get one in an answer to all. */
  usual: readonly string[];
  facts: CopyFacts;
  onCopies: (copies: readonly string[]) => void;
};

/** Who reads a mail beside the customer: open copies, kept as the answered mail had them, until the agent says otherwise. */
export default function Copies({ to, copies, usual, facts, onCopies }: CopiesProps) {
  const { t } = useLingui();
  const { list } = useLists();
  const id = useId();
  const [typed, setTyped] = useState("");
  const [fault, setFault] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const fresh = new Set(newRecipients(copies, facts));
  const toAll = copies.length === usual.length && usual.every((one) => copies.includes(one));

  function faultOf(named: readonly string[], next: readonly string[]): string | null {
    const wrong = named.flatMap((one) => checkCopies([one], facts)[0]?.code ?? [])[0];
    if (wrong === "copy-own") return t`This is our own mailbox: a copy would come back as a question.`;
    if (wrong !== undefined) return t`This is no mail address.`;
    return next.length > MOST_COPIES ? t`No more than ${MOST_COPIES} get a copy.` : null;
  }
  function add(said: string): void {
    const named = said.split(/[\s,;]+/).filter((one) => one !== "");
    const all = new Set([...copies, ...named.map((one) => one.toLowerCase())]);
    all.delete(to.toLowerCase());
    const why = faultOf(named, [...all]);
    setFault(why);
    if (why !== null) announce(why, true);
    if (why !== null || named.length === 0) return;
    setTyped("");
    onCopies([...all]);
    announce(t`${list(named)} gets a copy.`);
  }
  function remove(one: string): void {
    onCopies(copies.filter((copy) => copy !== one));
    announce(t`${one} gets no copy.`);
    field.current?.focus();
  }

  return (
    <fieldset className={css.copies} aria-label={t`Who gets this mail`}>
      <span className={css.line}>
        <span className={css.label}>{t`To`}</span> <bdi className="clip">{to}</bdi>
      </span>
      <span className={`${css.line} ${css.all}`}>
        <label htmlFor={`${id}-cc`} className={css.label}>
          {t`Cc`}
        </label>
        {copies.map((one) => (
          <span key={one} className={`${css.one} ${fresh.has(one) ? css.fresh : ""}`}>
            {fresh.has(one) ? <Icon name="warning" size="small" label={t`New in this conversation`} /> : null}
            <bdi className="clip">{one}</bdi>
            <button type="button" className={css.out} aria-label={t`No copy for ${one}`} onClick={() => remove(one)}>
              <Icon name="close" size="small" />
            </button>
          </span>
        ))}
        <input
          ref={field}
          id={`${id}-cc`}
          className={css.field}
          type="text"
          inputMode="email"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={2_000}
          value={typed}
          placeholder={t`Add an address`}
          aria-invalid={fault !== null || undefined}
          aria-describedby={fault !== null ? `${id}-fault` : undefined}
          onChange={(event) => {
            setTyped(event.target.value);
            setFault(null);
          }}
          onBlur={() => add(typed)}
          onKeyDown={(event) => {
            if (event.key === "Backspace" && typed === "" && copies.length > 0) remove(copies.at(-1)!);
            if (!["Enter", ",", ";"].includes(event.key) || event.ctrlKey || event.metaKey) return;
            event.preventDefault();
            add(typed);
          }}
        />
        {toAll || usual.length === 0 ? null : (
          <LinkButton onClick={() => onCopies(usual)}>{t`Answer to all`}</LinkButton>
        )}
        {copies.length === 0 ? null : <LinkButton onClick={() => onCopies([])}>{t`To the writer alone`}</LinkButton>}
      </span>
      {fault === null ? null : (
        <p id={`${id}-fault`} className={css.fault}>
          {fault}
        </p>
      )}
    </fieldset>
  );
}
