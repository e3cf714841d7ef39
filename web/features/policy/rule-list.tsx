import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useRef, useState } from "react";
import type { PolicyRule } from "#contracts/policy";
import { ServerWords } from "../../shared/text/said/server-words.tsx";
import { announce } from "../../shared/ui/announcer.tsx";
import { Button } from "../../shared/ui/button.tsx";
import { Chip } from "../../shared/ui/chip.tsx";
import { toasts } from "../../shared/ui/toast.tsx";
import css from "./policy-page.module.css";
import { RuleEditor } from "./rule-editor.tsx";
import { faultsOf, MOST_RULES, moved, unreachable, withNewRule } from "./rules.ts";
import { sayCondition } from "./say-condition.ts";
import { type PolicyWords, useConditionWords } from "./use-condition-words.ts";
import { usePriorityWords } from "./use-priority-words.ts";

type RuleListProps = { rules: readonly PolicyRule[]; may: boolean; onChange: (rules: PolicyRule[]) => void };
type Move = { id: string; by: -1 | 1 };

/** The rules in their order; the first that fits decides. Moved by buttons, opened one at a time. */
export function RuleList({ rules, may, onChange }: RuleListProps) {
  const { t } = useLingui();
  const words = useConditionWords();
  const [open, setOpen] = useState<string | null>(null);
  const list = useRef<HTMLOListElement>(null);
  const lastMove = useRef<Move | null>(null);
  const lost = unreachable(rules);
  const faulty = new Set(faultsOf(rules).map((fault) => fault.rule));

  useEffect(() => {
    // A row that is moved loses the focus; the next press should move the same rule on.
    const move = lastMove.current;
    lastMove.current = null;
    if (!move) return;
    const row = [...(list.current?.children ?? [])][rules.findIndex((rule) => rule.id === move.id)];
    const wanted = row?.querySelector<HTMLButtonElement>(`[data-move="${move.by}"]:not([aria-disabled])`);
    (wanted ?? row?.querySelector<HTMLButtonElement>("[data-move]:not([aria-disabled])"))?.focus();
  }, [rules]);

  function move(id: string, by: -1 | 1): void {
    const next = moved(rules, id, by);
    const place = next.findIndex((rule) => rule.id === id) + 1;
    lastMove.current = { id, by };
    onChange(next);
    announce(t`Now rule ${place} of ${next.length}.`);
  }
  function remove(rule: PolicyRule): void {
    const before = [...rules];
    onChange(rules.filter((one) => one.id !== rule.id));
    setOpen(null);
    toasts.add({ text: t`Rule removed from the draft.`, undo: () => onChange(before) });
  }
  function add(): void {
    const made = withNewRule(rules);
    onChange(made.rules);
    setOpen(made.id);
  }

  return (
    <>
      <ol className={css.rules} ref={list}>
        {rules.map((rule, place) => (
          <li key={rule.id} className={`${css.rule} ${open === rule.id ? css.openRule : ""}`}>
            <div className={css.ruleHead}>
              <span className={`${css.place} num`} aria-hidden="true">
                {place + 1}
              </span>
              <RuleWords rule={rule} words={words} lost={lost.includes(rule.id)} faulty={faulty.has(rule.id)} />
              {may ? (
                <span className={css.ruleActs}>
                  <Button
                    size="small"
                    look="bare"
                    icon="down"
                    iconOnly
                    className={css.up}
                    data-move={-1}
                    aria-label={t`Move rule ${place + 1} up`}
                    refused={place === 0 ? t`It is the first.` : null}
                    onClick={() => move(rule.id, -1)}
                  />
                  <Button
                    size="small"
                    look="bare"
                    icon="down"
                    iconOnly
                    data-move={1}
                    aria-label={t`Move rule ${place + 1} down`}
                    refused={place === rules.length - 1 ? t`It is the last.` : null}
                    onClick={() => move(rule.id, 1)}
                  />
                  <Button
                    size="small"
                    look="bare"
                    icon="pen"
                    iconOnly
                    aria-label={t`Change rule ${place + 1}`}
                    aria-expanded={open === rule.id}
                    onClick={() => setOpen(open === rule.id ? null : rule.id)}
                  />
                  <Button
                    size="small"
                    look="bare"
                    icon="close"
                    iconOnly
                    aria-label={t`Remove rule ${place + 1}`}
                    refused={rules.length === 1 ? t`A policy needs at least one rule.` : null}
                    onClick={() => remove(rule)}
                  />
                </span>
              ) : null}
            </div>
            {open === rule.id && may ? (
              <RuleEditor
                rule={rule}
                words={words}
                onChange={(next) => onChange(rules.map((one) => (one.id === next.id ? next : one)))}
                onDone={() => setOpen(null)}
              />
            ) : null}
          </li>
        ))}
      </ol>
      <p className="small mute">
        <Trans>A message that no rule fits is left.</Trans>
      </p>
      {may ? (
        <Button
          icon="plus"
          className={css.add}
          refused={rules.length >= MOST_RULES ? t`A policy takes a hundred rules at most.` : null}
          onClick={add}
        >
          <Trans>Add a rule</Trans>
        </Button>
      ) : null}
    </>
  );
}

type RuleWordsProps = { rule: PolicyRule; words: PolicyWords; lost: boolean; faulty: boolean };

function RuleWords({ rule, words, lost, faulty }: RuleWordsProps) {
  const { t } = useLingui();
  const priorities = usePriorityWords();
  return (
    <div className={css.ruleWords}>
      <p className={css.says}>
        {rule.says ? (
          <ServerWords>{rule.says}</ServerWords>
        ) : (
          <span className="mute">{t`A rule without a sentence`}</span>
        )}
      </p>
      <p className={css.when}>
        {rule.when.length === 0 ? (
          <Trans>Fits every message.</Trans>
        ) : (
          rule.when.map((condition) => `${sayCondition(condition, words)} `)
        )}
      </p>
      <p className={css.verdict}>
        {rule.verdict === "leave" ? (
          <Chip>
            <Trans>leave it</Trans>
          </Chip>
        ) : rule.priority === "urgent" ? (
          <Chip look="risk">{t`work, ${priorities.urgent}`}</Chip>
        ) : rule.priority === "high" ? (
          <Chip look="risk-middling">{t`work, ${priorities.high}`}</Chip>
        ) : (
          <Chip look="good">{t`work, ${priorities[rule.priority]}`}</Chip>
        )}
        {lost ? (
          <Chip look="soon" title={t`A rule above it fits every message.`}>
            <Trans>never reached</Trans>
          </Chip>
        ) : null}
        {faulty ? (
          <Chip look="late">
            <Trans>not complete</Trans>
          </Chip>
        ) : null}
      </p>
    </div>
  );
}
