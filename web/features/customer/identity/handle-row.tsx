import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import type { IdentityView, JoinedHandle } from "#contracts/identity";
import { Comma } from "../../../shared/text/comma.tsx";
import { useTimeWords } from "../../../shared/time/format.ts";
import { Button } from "../../../shared/ui/button.tsx";
import { Chip } from "../../../shared/ui/chip.tsx";
import { Popover } from "../../../shared/ui/popover.tsx";
import { HandleName, NetworkMark } from "../handle-name.tsx";
import css from "./identity.module.css";
import { useEvidenceWords } from "./use-evidence-words.ts";
import type { IdentityActs } from "./use-identity-acts.ts";
import { WhyPanel } from "./why-panel.tsx";

type HandleRowProps = { handle: JoinedHandle; view: IdentityView; acts: IdentityActs };

/** One handle: how sure it is that it is theirs, and why, one press away. */
export function HandleRow({ handle, view, acts }: HandleRowProps) {
  const { t } = useLingui();
  const words = useTimeWords();
  const evidence = useEvidenceWords();
  const [best] = handle.joins;
  const alone = view.handles.length === 1;
  return (
    <li className={css.handle}>
      <NetworkMark network={handle.network} />
      <span className={css.name}>
        <HandleName handle={handle} />
        {handle.shared ? <Chip icon="people">{t`Several people`}</Chip> : null}
      </span>
      <Popover
        label={t`Why ${handle.handle} belongs here`}
        placement="bottom end"
        trigger={
          <Button
            look="bare"
            size="small"
            icon="eye"
            iconOnly
            className={css.whyButton ?? ""}
            aria-label={t`Why ${handle.handle} belongs here`}
            title={t`Why, and what can be done`}
          />
        }
      >
        {(close) => <WhyPanel handle={handle} view={view} acts={acts} onClose={close} />}
      </Popover>
      <span className={css.why}>
        {handle.own || !best
          ? alone
            ? t`The only handle we know`
            : t`The handle we met first`
          : `${evidence.why(best)}: ${evidence.sure(best.rung)}`}
        {handle.followers ? (
          <span className="num">
            <Comma />
            {t`${plural(handle.followers, { one: "# follower", other: "# followers" })}`}
          </span>
        ) : null}
        {handle.recycledAt ? (
          <span className={css.warning}>
            {t`May be somebody else since ${words.date(handle.recycledAt)}: long silent, and another name.`}
          </span>
        ) : null}
      </span>
    </li>
  );
}
