import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Button } from "../../shared/ui/button.tsx";
import { TextField } from "../../shared/ui/field.tsx";
import css from "./timeline.module.css";

type JumpProps = { atEnd: boolean; busy: boolean; onDay: (at: string) => void; onEnd: () => void };

/** Ways through a long conversation: its beginning, a day, its end. */
export default function JumpBar({ atEnd, busy, onDay, onEnd }: JumpProps) {
  const { t } = useLingui();
  const [day, setDay] = useState("");
  // The day as the clock on the wall has it.
  const at = day === "" ? Number.NaN : new Date(`${day}T00:00:00`).getTime();
  return (
    <form
      className={css.jump}
      aria-label={t`Go to a place in this conversation`}
      onSubmit={(event) => {
        event.preventDefault();
        if (Number.isFinite(at)) onDay(new Date(at).toISOString());
      }}
    >
      <Button size="small" look="bare" busy={busy} onClick={() => onDay(new Date(0).toISOString())}>
        {t`To the beginning`}
      </Button>
      <TextField
        label={t`Day`}
        labelHidden
        type="date"
        value={day}
        onChange={(event) => setDay(event.currentTarget.value)}
      />
      <Button
        size="small"
        look="bare"
        type="submit"
        busy={busy}
        refused={Number.isFinite(at) ? null : t`Choose a day first.`}
      >
        {t`Go to the day`}
      </Button>
      {atEnd ? null : <Button size="small" look="soft" icon="down" onClick={onEnd}>{t`Back to the newest`}</Button>}
    </form>
  );
}
