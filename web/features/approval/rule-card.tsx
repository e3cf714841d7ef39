import { useLingui } from "@lingui/react/macro";
import type { ApprovalFinding, ApprovalRule } from "#contracts/approval";
import { stepArrow } from "../../shared/look/direction.ts";
import { ServerWords } from "../../shared/text/said/server-words.tsx";
import { useLists } from "../../shared/text/use-lists.ts";
import { Button } from "../../shared/ui/button.tsx";
import { Icon } from "../../shared/ui/icon.tsx";
import css from "./approval.module.css";
import { RuleEditor } from "./rule-editor.tsx";
import { type Names, useRuleWords } from "./use-rule-words.ts";

type Props = {
  rule: ApprovalRule;
  names: Names;
  sayings: readonly string[];
  findings: readonly ApprovalFinding[];
  open: boolean;
  onOpen: () => void;
  onRemove: () => void;
  onChange: (rule: ApprovalRule) => void;
};

/** One rule: what fits it, who passes it, and its parts when it is opened. */
export function RuleCard({ rule, names, sayings, findings, open, onOpen, onRemove, onChange }: Props) {
  const { t, i18n } = useLingui();
  const { list, or } = useLists();
  const words = useRuleWords(names);
  const looks = rule.tiers.map((tier) => {
    const deputies = list(tier.deputies.map(words.name));
    const who = or(tier.approvers.map(words.name));
    return deputies ? t`${who} (${tier.minutes} min, then ${deputies})` : t`${who} (${tier.minutes} min)`;
  });
  return (
    <li className={css.rule}>
      <div className={css.ruleHead}>
        <div>
          <p>
            <b>{rule.name}</b>
          </p>
          <p className="small mid">{words.says(rule)}</p>
          <p className="small mid">{looks.join(stepArrow(i18n.locale))}</p>
          <Findings list={findings} />
        </div>
        <span className={css.acts}>
          <Button size="small" aria-expanded={open} onClick={onOpen}>
            {open ? t`Close` : t`Change`}
          </Button>
          <Button
            size="small"
            look="bare"
            iconOnly
            icon="close"
            aria-label={t`Remove the rule ${rule.name}`}
            onClick={onRemove}
          />
        </span>
      </div>
      {open ? (
        <div className={css.ruleBody}>
          <RuleEditor {...{ rule, names, sayings, onChange }} />
        </div>
      ) : null}
    </li>
  );
}

export function Findings({ list }: { list: readonly ApprovalFinding[] }) {
  if (list.length === 0) return null;
  return (
    <ul>
      {list.map((f) => (
        <li key={f.says} className={css.finding} data-level={f.level}>
          <Icon name={f.level === "hint" ? "eye" : "warning"} size="small" />
          <ServerWords>{f.says}</ServerWords>
        </li>
      ))}
    </ul>
  );
}
