import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import type { EscalationView } from "#contracts/escalation";
import { useLists } from "../../shared/text/use-lists.ts";
import { Chip } from "../../shared/ui/chip.tsx";

/** Who is asked, or who has it. */
export function StateChip({ of: e }: { of: EscalationView }) {
  const { t } = useLingui();
  const { and } = useLists();
  const names = and(e.paged.map((one) => one.name));
  const n = e.paged.length;
  if (e.state === "over") return <Chip>{t`Ended`}</Chip>;
  if (e.alarmedAt) return <Chip look="late" icon="warning">{t`Nobody answers`}</Chip>;
  if (e.state === "paging" && e.mine) return <Chip look="soon" icon="bell">{t`You are asked`}</Chip>;
  if (e.state === "paging")
    return (
      <Chip look="dashed">
        {n > 0 ? t`${plural(n, { one: `${names} is asked`, other: `${names} are asked` })}` : t`Nobody can be asked`}
      </Chip>
    );
  const owner = e.owner?.name ?? "";
  return <Chip look={e.state === "acted" ? "good" : "plain"}>{e.mine ? t`You have it` : t`${owner} has it`}</Chip>;
}
