import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import type { Finding, PreflightCode, PreflightWarning } from "#shared/preflight";
import { sayServer } from "../../shared/text/said/known-phrases.ts";
import { Button } from "../../shared/ui/button.tsx";
import { Icon, type IconName } from "../../shared/ui/icon.tsx";
import type { ReplyCheck } from "./check-reply.ts";
import css from "./composer.module.css";
import { useWindowWords } from "./use-window-words.ts";

type Hint = { icon: IconName; label: string; words: ReactNode; stops: boolean; act?: ReactNode };

const ICON: Record<PreflightCode | PreflightWarning, IconName> = {
  empty: "pen",
  "invalid-text": "warning",
  "too-long": "warning",
  "window-closed": "clock",
  "limit-in-window": "clock",
  "cannot-reply": "warning",
  "audience-mismatch": "swap",
  "disclosure-missing": "person",
  "approval-missing": "shield",
  stopped: "warning",
  spokesperson: "people",
  "private-fact": "lock",
  "card-number": "shield",
  "target-deleted": "warning",
  "channel-problem": "warning",
  "too-many-attachments": "attach",
  "file-type": "attach",
  "file-too-large": "attach",
  "file-waiting": "clock",
  "alt-too-long": "attach",
  "copies-not-possible": "people",
  "copy-address": "people",
  "copy-own": "people",
  "too-many-copies": "people",
  "new-recipient": "people",
  "nearly-too-long": "pen",
  "window-closing": "clock",
  split: "split",
  encoding: "pen",
};

/** What preflight found, in our words: name of the matter, what is wrong and what to do. */
export function useHintWords(check: ReplyCheck | null) {
  const { t } = useLingui();
  const closed = useWindowWords();
  return (finding: Finding<PreflightCode | PreflightWarning>): { label: string; words: string } => {
    const over = check ? -check.count.left : 0;
    const left = check?.count.left ?? 0;
    const quoted =
      finding.span && check
        ? check.full.slice(finding.span.start, Math.min(finding.span.end, finding.span.start + 40))
        : "";
    switch (finding.code) {
      case "empty":
        return { label: t`Text`, words: t`There is nothing to send yet.` };
      case "too-long":
        return {
          label: t`Length`,
          words: t`${plural(over, { one: "# sign too long", other: "# signs too long" })} for this network; the surplus is marked.`,
        };
      case "private-fact":
        return {
          label: t`Told in private`,
          words: t`“${quoted}” was told in private. Take it out, or answer in private.`,
        };
      case "card-number":
        return { label: t`Card number`, words: t`A card number may not be sent. Take it out.` };
      case "window-closed":
      case "limit-in-window":
        return { label: t`Window`, words: (check && closed(check.verdict.window)) ?? sayServer(finding.message).words };
      case "cannot-reply":
        return {
          label: t`Before you send`,
          words: (check && closed(check.verdict.window)) ?? sayServer(finding.message).words,
        };
      case "invalid-text":
        return { label: t`Text`, words: t`The text holds a character no network takes. Remove it.` };
      case "stopped":
        return { label: t`Stopped`, words: sayServer(finding.message).words };
      case "spokesperson":
        return { label: t`Crisis`, words: sayServer(finding.message).words };
      case "channel-problem":
        return { label: t`Channel`, words: sayServer(finding.message).words };
      case "too-many-attachments":
      case "file-type":
      case "file-too-large":
      case "file-waiting":
      case "alt-too-long":
        return { label: t`Files`, words: sayServer(finding.message).words };
      case "copies-not-possible":
      case "copy-address":
      case "copy-own":
      case "too-many-copies":
      case "new-recipient":
        return { label: t`Copies`, words: sayServer(finding.message).words };
      case "target-deleted":
        return {
          label: t`Deleted`,
          words: t`The post you answer was deleted. Choose another message to answer; your text is safe.`,
        };
      case "nearly-too-long":
        return { label: t`Length`, words: t`${plural(left, { one: "# sign left", other: "# signs left" })}.` };
      case "window-closing":
        return { label: t`Window`, words: t`The network closes this within 15 minutes.` };
      case "split":
        return { label: t`Length`, words: t`This goes out as ${check?.verdict.parts.length ?? 2} messages.` };
      default:
        return { label: t`Before you send`, words: sayServer(finding.message).words };
    }
  };
}

type HintsProps = { id: string; check: ReplyCheck; onPrivate: (() => void) | null };

/** Every finding as a line over the send button. Nothing typed yet is no fault. */
export function Hints({ id, check, onPrivate }: HintsProps) {
  const { t, i18n } = useLingui();
  // What only the rule itself has words for is English.
  const spoken = new Set([...check.verdict.errors, ...check.verdict.warnings].map((finding) => finding.message));
  const english = (words: ReactNode) => i18n.locale !== "en" && typeof words === "string" && spoken.has(words);
  const say = useHintWords(check);
  const hints: Hint[] = [
    ...check.verdict.errors
      // What is wrong with one file stands beside it.
      .filter((finding) => finding.code !== "empty" && finding.file === undefined)
      .map((finding): Hint => {
        const way = finding.code === "private-fact" || finding.code === "too-long" || finding.code === "window-closed";
        const act =
          way && onPrivate ? (
            <Button look="bare" size="small" onClick={onPrivate}>{t`Answer in private`}</Button>
          ) : null;
        return { icon: ICON[finding.code], ...say(finding), stops: true, act };
      }),
    ...check.verdict.warnings
      .filter((finding) => finding.code !== "nearly-too-long")
      .map((finding): Hint => ({ icon: ICON[finding.code], ...say(finding), stops: false })),
  ];
  if (hints.length === 0) return null;
  // The same thing said twice is one line; every place is marked in the text.
  const shown = hints.filter((hint, at) => hints.findIndex((one) => one.words === hint.words) === at);
  return (
    <fieldset className={css.hints} id={id} aria-label={t`Before you send`}>
      {shown.map((hint, place) => (
        <div key={place} className={`${css.hint} ${hint.stops ? css.stops : css.warns}`}>
          <Icon name={hint.icon} />
          <span className={css.hintLabel}>{hint.label}</span>
          <span className="grow" {...(english(hint.words) && { lang: "en", dir: "ltr" })}>
            {hint.words}
          </span>
          {hint.act}
        </div>
      ))}
    </fieldset>
  );
}
