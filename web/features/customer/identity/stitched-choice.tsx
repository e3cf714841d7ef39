import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import type { IdentityPreview } from "#contracts/identity";
import { Button } from "../../../shared/ui/button.tsx";
import css from "./identity.module.css";
import type { Stitched } from "./identity-query.ts";

type StitchedChoiceProps = {
  preview: IdentityPreview | undefined;
  /** What the act is called where there is nothing to choose. */
  act: string;
  busy: boolean;
  onDo: (stitched: Stitched) => void;
};

/** The act, and where messages stand in a conversation because of the join that goes: parted with it, or left. */
export function StitchedChoice({ preview, act, busy, onDo }: StitchedChoiceProps) {
  const { t } = useLingui();
  const count = preview?.stitched.messages ?? 0;
  const refused = preview ? null : t`Looking at what would change.`;
  if (count === 0)
    return (
      <Button look="primary" size="small" autoFocus busy={busy} refused={refused} onClick={() => onDo("leave")}>
        {act}
      </Button>
    );
  return (
    <>
      <p className="small strong">{t`${plural(count, { one: "# message was placed because of this join: part it?", other: "# messages were placed because of this join: part them?" })}`}</p>
      <div className={css.acts}>
        <Button look="primary" size="small" autoFocus busy={busy} onClick={() => onDo("part")}>
          {t`Part ${plural(count, { one: "# message", other: "# messages" })}, too`}
        </Button>
        <Button size="small" busy={busy} onClick={() => onDo("leave")}>{t`Leave them`}</Button>
      </div>
    </>
  );
}
