import { useLingui } from "@lingui/react/macro";
import type { Change } from "../../features/conversation/what-changed.ts";
import { useTimeWords } from "../../shared/time/format.ts";
import { Banner } from "../../shared/ui/banner.tsx";
import { Button } from "../../shared/ui/button.tsx";

type ChangeNoticeProps = { changes: readonly Change[]; onClose: () => void };

/** Somebody was first: who did what, and that nothing of mine is lost. */
export default function ChangeNotice({ changes, onClose }: ChangeNoticeProps) {
  const { t } = useLingui();
  const words = useTimeWords();
  function say(change: Change): string {
    switch (change.kind) {
      case "owner":
        return change.name ? t`${change.name} has it now.` : t`It has another owner now.`;
      case "wrote":
        return t`${change.name} wrote at ${words.time(change.at)}: “${change.text.slice(0, 120)}”`;
      case "answered":
        return t`${change.name} answered at ${words.time(change.at)}: “${change.text.slice(0, 120)}”`;
      case "noted":
        return t`${change.name} added a note at ${words.time(change.at)}.`;
      case "done":
        return t`The episode was ended.`;
      case "opened":
        return t`A new episode was opened.`;
    }
  }
  return (
    <Banner
      look="soon"
      icon="people"
      announce="assertive"
      title={t`Somebody was first.`}
      acts={<Button size="small" onClick={onClose}>{t`I have seen it`}</Button>}
    >
      {changes.length > 0 ? changes.map(say).join(" ") : t`It was changed meanwhile; you see it as it is now.`}{" "}
      {t`Your text is safe.`}
    </Banner>
  );
}
