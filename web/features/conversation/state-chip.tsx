import { useLingui } from "@lingui/react/macro";
import type { ConversationView } from "#contracts/desk";
import { Chip } from "../../shared/ui/chip.tsx";

/** Its clock does not run. A reply that waits for other eyes stops none: the customer waits. */
export function standsStill({ work, promise }: Pick<ConversationView, "work" | "promise">): boolean {
  const aside = work?.state === "parked" && work.parkReason !== "approval";
  return work?.clock.state === "paused" || aside || promise?.paused != null;
}

/** Where the work of a conversation stands. */
export function StateChip({ view }: { view: ConversationView }) {
  const { t } = useLingui();
  const { work } = view;
  if (!work) return <Chip>{view.state === "open" ? t({ message: "Open", context: "state" }) : t`Quiet`}</Chip>;
  if (work.state === "parked" && work.parkReason === "approval") return <Chip>{t`Waits for approval`}</Chip>;
  if (work.state === "parked") return <Chip>{work.wakesAt ? t`Snoozed` : t`Waits for the customer`}</Chip>;
  if (work.state === "queued") return <Chip look="dashed">{t`In the queue`}</Chip>;
  if (work.state === "wrapup") return <Chip>{t`Writing up`}</Chip>;
  if (work.state === "offered") return <Chip look="dashed">{t`Offered`}</Chip>;
  return <Chip>{t({ message: "Open", context: "state" })}</Chip>;
}
