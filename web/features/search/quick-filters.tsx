import { useLingui } from "@lingui/react/macro";
import { parseSearch, type SearchKey, withoutSearchTerm, withSearchTerm } from "#shared/search-query";
import { Button } from "../../shared/ui/button.tsx";
import css from "./search.module.css";

type Quick = { key: SearchKey; value: string; label: string };

/** The filters most asked for, one press each; they stand in the field as words, where they can be changed. */
export function QuickFilters({ q, onAsk }: { q: string; onAsk: (q: string) => void }) {
  const { t } = useLingui();
  const { terms } = parseSearch(q);
  const groups: { label: string; of: Quick[] }[] = [
    {
      label: t`Work`,
      of: [
        { key: "is", value: "open", label: t({ message: "Open", context: "state" }) },
        { key: "is", value: "done", label: t({ message: "Done", context: "state" }) },
        { key: "is", value: "mine", label: t`Mine` },
      ],
    },
    {
      label: t`Medium`,
      of: [
        { key: "medium", value: "public", label: t`Public` },
        { key: "medium", value: "dm", label: t`Direct` },
        { key: "medium", value: "email", label: t`E-mail` },
        { key: "medium", value: "chat", label: t`Chat` },
      ],
    },
    {
      label: t`When and what`,
      of: [
        { key: "after", value: "7d", label: t`7 days` },
        { key: "after", value: "30d", label: t`30 days` },
        { key: "has", value: "file", label: t`With a file` },
        { key: "from", value: "me", label: t`Written by me` },
      ],
    },
  ];
  return (
    <div className={css.quick}>
      {groups.map((group) => (
        <fieldset key={group.label} className={css.group} aria-label={group.label}>
          {group.of.map(({ key, value, label }) => {
            const term = terms.find((one) => one.key === key && one.value.toLowerCase() === value && !one.not);
            return (
              <Button
                key={value}
                size="small"
                look={term ? "primary" : "soft"}
                aria-pressed={term !== undefined}
                onClick={() => onAsk(term ? withoutSearchTerm(q, term) : withSearchTerm(q, key, value))}
              >
                {label}
              </Button>
            );
          })}
        </fieldset>
      ))}
    </div>
  );
}
