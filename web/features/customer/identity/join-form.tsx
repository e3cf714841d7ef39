import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { IdentityPreview } from "#contracts/identity";
import { useSending } from "../../../shared/api/use-sending.ts";
import { Button } from "../../../shared/ui/button.tsx";
import { TextField } from "../../../shared/ui/field.tsx";
import { ProblemNotice } from "../../../shared/ui/problem-notice.tsx";
import css from "./identity.module.css";
import { previewJoin } from "./identity-query.ts";
import { PreviewList } from "./preview-list.tsx";
import type { IdentityActs } from "./use-identity-acts.ts";

type JoinFormProps = { customerId: string; acts: IdentityActs; onClose: () => void };

/** Another customer by the number of a conversation of his: first what would change, then the join. */
export function JoinForm({ customerId, acts, onClose }: JoinFormProps) {
  const { t } = useLingui();
  const [number, setNumber] = useState("");
  const [preview, setPreview] = useState<IdentityPreview | null>(null);
  const sending = useSending();
  const mine = preview?.versions.find((one) => one.id === customerId);
  const other = preview?.versions.find((one) => one.id !== customerId);
  const look = () => sending.send(() => previewJoin(customerId, number.trim()).then(setPreview));
  function join(): void {
    if (!mine || !other) return;
    const asked = { customerId, otherId: other.id, expectedVersion: mine.version, otherVersion: other.version };
    sending.send(() => acts.join.sendAsync(asked).then(onClose));
  }
  return (
    <form
      className={css.preview}
      aria-label={t`Join with another customer`}
      onSubmit={(event) => {
        event.preventDefault();
        if (preview) join();
        else if (number.trim()) look();
      }}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        event.stopPropagation();
        onClose();
      }}
    >
      <TextField
        label={t`Number of a conversation of theirs`}
        value={number}
        maxLength={20}
        placeholder="C-20481"
        autoFocus
        onChange={(event) => {
          setNumber(event.target.value);
          setPreview(null);
        }}
      />
      {sending.problem ? <ProblemNotice problem={sending.problem} /> : null}
      {preview && other ? (
        <>
          <p className="small strong">{t`Join with ${other.name}`}</p>
          <PreviewList preview={preview} />
        </>
      ) : null}
      <div className={css.acts}>
        <Button
          look="primary"
          size="small"
          type="submit"
          busy={sending.busy}
          refused={number.trim() ? null : t`Write the number first.`}
        >
          {preview ? t`Join them` : t`Show what would change`}
        </Button>
        <Button size="small" onClick={onClose}>{t`Cancel`}</Button>
      </div>
    </form>
  );
}
