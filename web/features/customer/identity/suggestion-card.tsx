import { useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import type { JoinSuggestion } from "#contracts/identity";
import { useKeyFor, useKeys } from "../../../shared/keys/use-keys.ts";
import { ServerWords } from "../../../shared/text/said/server-words.tsx";
import { Button } from "../../../shared/ui/button.tsx";
import { Icon } from "../../../shared/ui/icon.tsx";
import { HandleName, NetworkMark } from "../handle-name.tsx";
import css from "./identity.module.css";
import type { IdentityActs } from "./use-identity-acts.ts";

type SuggestionCardProps = {
  suggestion: JoinSuggestion;
  acts: IdentityActs;
  mayJoin: boolean;
  /** The keys answer this one. */
  first: boolean;
};

/** A question: the same person, somebody else, or one who pretends? */
export function SuggestionCard({ suggestion, acts, mayJoin, first }: SuggestionCardProps) {
  const { t } = useLingui();
  const { id, kind, other, otherCustomer } = suggestion;
  const warns = kind === "impersonator";
  return (
    <li className={css.suggestion} data-warns={warns || undefined}>
      <p className={css.question}>
        <Icon name={warns ? "warning" : "link"} size="small" />
        {warns
          ? t`May pretend to be somebody else`
          : kind === "consent"
            ? t`Same person? Ask before you join`
            : t`Same person?`}
      </p>
      <p className={css.other}>
        <NetworkMark network={other.network} />
        <span className={css.name}>
          <HandleName handle={other} />
          <Link
            to="/customers/$customerId"
            params={{ customerId: otherCustomer.id }}
            preload={false}
            className="small clip"
          >
            <bdi>{otherCustomer.name}</bdi>
          </Link>
        </span>
      </p>
      <ul className={css.reasons}>
        {suggestion.reasons.map((reason) => (
          <li key={reason.code}>
            <ServerWords code={reason.code}>{reason.text}</ServerWords>
          </li>
        ))}
      </ul>
      {mayJoin ? <Answers id={id} kind={kind} acts={acts} first={first} /> : null}
    </li>
  );
}

function Answers({
  id,
  kind,
  acts,
  first,
}: {
  id: string;
  kind: JoinSuggestion["kind"];
  acts: IdentityActs;
  first: boolean;
}) {
  const { t } = useLingui();
  const same = kind === "consent" ? t`They agreed` : t`Same person`;
  const accept = () => acts.accept.send({ id });
  const refuse = () => acts.refuse.send({ id });
  useKeys(
    "screen",
    first
      ? [
          { id: "customer.same", keys: "y", label: t`Same person`, group: t`Work`, run: accept },
          { id: "customer.other", keys: "shift+y", label: t`Someone else`, group: t`Work`, run: refuse },
        ]
      : [],
  );
  const [y, shiftY] = [useKeyFor("customer.same", "y"), useKeyFor("customer.other", "shift+y")];
  const busy = acts.accept.busy || acts.refuse.busy;
  return (
    <div className={css.acts}>
      <Button size="small" busy={busy} onClick={accept} {...(first && y && { keys: y })}>
        {same}
      </Button>
      <Button
        size="small"
        busy={busy}
        onClick={refuse}
        {...(first && shiftY && { keys: shiftY })}
      >{t`Someone else`}</Button>
    </div>
  );
}
