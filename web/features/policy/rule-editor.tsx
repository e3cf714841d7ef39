import { Trans, useLingui } from "@lingui/react/macro";
import { useRef } from "react";
import type { PolicyRule, Priority } from "#contracts/policy";
import { Button } from "../../shared/ui/button.tsx";
import { Select, TextArea } from "../../shared/ui/field.tsx";
import { Menu } from "../../shared/ui/menu.tsx";
import { Segmented } from "../../shared/ui/tabs.tsx";
import { ConditionEditor } from "./condition-editor.tsx";
import css from "./policy-page.module.css";
import { KINDS, type Kind, MOST_CONDITIONS, MOST_SAYS, newCondition } from "./rules.ts";
import type { PolicyWords } from "./use-condition-words.ts";
import { usePriorityWords } from "./use-priority-words.ts";

type RuleEditorProps = {
  rule: PolicyRule;
  words: PolicyWords;
  onChange: (rule: PolicyRule) => void;
  onDone: () => void;
};

/** A rule opened for change: its sentence, its conditions, what it decides. Every change is in the draft at once. */
export function RuleEditor({ rule, words, onChange, onDone }: RuleEditorProps) {
  const { t } = useLingui();
  const priorities = usePriorityWords();
  // Conditions have no ids of their own; these keep each editor with its condition when one above is removed.
  const keys = useRef<number[]>([]);
  const nextKey = useRef(0);
  while (keys.current.length < rule.when.length) keys.current.push(nextKey.current++);
  keys.current.length = rule.when.length;

  return (
    <div className={css.editor}>
      <TextArea
        label={t`The rule in plain words`}
        hint={t`Agents read it beside every decision it makes.`}
        rows={2}
        maxLength={MOST_SAYS}
        autoFocus={rule.says === ""}
        value={rule.says}
        fault={rule.says.trim() === "" ? t`Write one sentence.` : undefined}
        onChange={(event) => onChange({ ...rule, says: event.target.value })}
      />
      <div className={css.verdictRow}>
        <Segmented
          label={t`What it decides`}
          chosen={rule.verdict}
          onChoose={(verdict) => onChange({ ...rule, verdict })}
          tabs={[
            { id: "work", label: t`It is work` },
            { id: "leave", label: t({ message: "Leave it", context: "verdict" }) },
          ]}
        />
        {rule.verdict === "work" ? (
          <Select
            label={t`Priority`}
            labelHidden
            value={rule.priority}
            options={(["urgent", "high", "normal", "low"] as const).map((value) => ({
              value,
              label: priorities[value],
            }))}
            onChange={(priority: Priority) => onChange({ ...rule, priority })}
          />
        ) : null}
      </div>
      <h4 className={css.editorHeading}>
        {rule.when.length === 0 ? (
          <Trans>It fits every message. Add conditions to narrow it.</Trans>
        ) : (
          <Trans>It fits when all of these hold</Trans>
        )}
      </h4>
      {rule.when.map((condition, place) => (
        <ConditionEditor
          key={keys.current[place]}
          condition={condition}
          words={words}
          onChange={(next) => onChange({ ...rule, when: rule.when.map((one, at) => (at === place ? next : one)) })}
          onRemove={() => {
            keys.current.splice(place, 1);
            onChange({ ...rule, when: rule.when.filter((_, at) => at !== place) });
          }}
        />
      ))}
      <div className="row wrap">
        <Menu
          label={t`Add a condition`}
          groups={[{ entries: KINDS.map((kind) => ({ id: kind, label: words.kinds[kind] })) }]}
          onAct={(kind) => onChange({ ...rule, when: [...rule.when, newCondition(kind as Kind)] })}
        >
          <Button
            icon="plus"
            refused={rule.when.length >= MOST_CONDITIONS ? t`A rule takes twelve conditions at most.` : null}
          >
            <Trans>Add a condition</Trans>
          </Button>
        </Menu>
        <Button look="bare" className="end" onClick={onDone}>
          <Trans>Close the rule</Trans>
        </Button>
      </div>
    </div>
  );
}
