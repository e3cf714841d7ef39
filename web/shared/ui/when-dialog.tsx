import { useLingui } from "@lingui/react/macro";
import { type FormEvent, useState } from "react";
import { useSending } from "../api/use-sending.ts";
import { afterDialog, dropHeldKeys, HOLD_SENDING, holdKeys } from "../keys/hold.ts";
import { presentMoment, useNow } from "../time/clock.ts";
import { useTimeWords } from "../time/format.ts";
import { sayWhen } from "../time/say-when.ts";
import { Button } from "./button.tsx";
import { Dialog } from "./dialog.tsx";
import { TextField } from "./field.tsx";
import { ProblemNotice } from "./problem-notice.tsx";
import css from "./when-dialog.module.css";

type WhenProps = {
  title: string;
  /** What the button says: "Snooze". */
  act: string;
  hint?: string;
  /** Asks for words, too; its label. */
  words?: string;
  onClose: () => void;
  /** Does it; whoever opened this closes it when it is done. */
  onChoose: (at: number, words: string) => Promise<unknown>;
};

/** A time in words, by the reader's own clock; what was understood stands under it before anything happens. */
export default function WhenDialog({ title, onClose, ...rest }: WhenProps) {
  return (
    <Dialog open onClose={onClose} title={title} width={420}>
      <WhenForm {...rest} />
    </Dialog>
  );
}

const OFTEN = ["1h", "tomorrow 9", "monday 9"] as const;

function WhenForm({ act, hint, words, onChoose }: Omit<WhenProps, "title" | "onClose">) {
  const { t, i18n } = useLingui();
  const time = useTimeWords();
  const now = useNow("minute");
  const [said, setSaid] = useState("");
  const [text, setText] = useState("");
  const [tried, setTried] = useState(false);
  const sending = useSending();
  const at = sayWhen(said, now, i18n.locale);
  const often = { "1h": t`In an hour`, "tomorrow 9": t`Tomorrow, 9:00`, "monday 9": t`Monday, 9:00` };
  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    setTried(true);
    const then = sayWhen(said, presentMoment(), i18n.locale);
    if (then === null || sending.busy) return;
    // Whoever strikes the next key at once means the screen behind; here it would be a letter too many, or nothing.
    holdKeys(HOLD_SENDING);
    sending.send(() =>
      onChoose(then, text.trim()).then(
        () => void afterDialog(),
        (problem) => {
          dropHeldKeys();
          throw problem;
        },
      ),
    );
  }
  return (
    <form onSubmit={onSubmit} className={css.form} data-handed-over={sending.busy || undefined}>
      {sending.problem ? <ProblemNotice problem={sending.problem} safe={t`Your words are safe here.`} /> : null}
      <TextField
        label={t`When?`}
        value={said}
        autoFocus
        autoComplete="off"
        maxLength={60}
        placeholder={t`tomorrow 9, fri 14:30, 2h, 24 dec`}
        onChange={(event) => setSaid(event.target.value)}
        fault={tried && at === null ? t`Say a time ahead of now, like “tomorrow 9” or “2h”.` : undefined}
        hint={at === null ? t`By your clock.` : time.exact(at)}
      />
      <p className={css.often}>
        {OFTEN.map((one) => (
          <Button key={one} size="small" look="soft" onClick={() => setSaid(one)}>
            {often[one]}
          </Button>
        ))}
      </p>
      {words ? (
        <TextField label={words} value={text} maxLength={500} onChange={(event) => setText(event.target.value)} />
      ) : null}
      {hint ? <p className="small mid">{hint}</p> : null}
      <Button look="primary" type="submit" busy={sending.busy}>
        {act}
      </Button>
    </form>
  );
}
