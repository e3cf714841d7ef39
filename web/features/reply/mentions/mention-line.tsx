import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { type RefObject, useEffect, useEffectEvent, useId, useState } from "react";
import { mentionable, mentionBegun } from "#shared/mentions";
import { colleaguesQuery } from "../../../shared/api/colleagues-query.ts";
import { writeAt } from "../../../shared/text/write-at.ts";
import { announce } from "../../../shared/ui/announcer.tsx";
import { Avatar } from "../../../shared/ui/avatar.tsx";
import css from "./mentions.module.css";

type MentionProps = {
  conversationId: string;
  field: RefObject<HTMLTextAreaElement | null>;
  text: string;
  onText: (text: string) => void;
};
const SHOWN = 6;

/** Colleagues who can be meant by what is typed behind `@@`: arrows choose, Enter or Tab puts the name in, Escape closes. */
export default function MentionLine({ conversationId, field, text, onText }: MentionProps) {
  const { t } = useLingui();
  const id = useId();
  const { data } = useQuery(colleaguesQuery(conversationId));
  const [at, setAt] = useState(0);
  const [closedFor, setClosedFor] = useState<number | null>(null);
  const begun = mentionBegun(text, field.current?.selectionStart ?? text.length);
  const offered = begun && begun.from !== closedFor ? mentionable(data ?? [], begun.typed).slice(0, SHOWN) : [];
  // A name that stands there whole is not offered again.
  const found = offered.length === 1 && offered[0]?.callName === begun?.typed.trimEnd() ? [] : offered;
  const chosen = found[Math.min(at, found.length - 1)];

  function use(callName: string): void {
    const box = field.current;
    if (!box || !begun) return;
    const put = `@@${callName} `;
    const after = text.slice(box.selectionStart).replace(/^ /u, "");
    writeAt(box, begun.from + put.length, () => {
      onText(text.slice(0, begun.from) + put + after);
      setAt(0);
    });
    announce(t`${callName} is told when you add the note.`);
  }

  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (!chosen || !begun || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0) setAt((Math.min(at, found.length - 1) + step + found.length) % found.length);
    else if (event.key === "Enter" || event.key === "Tab") use(chosen.callName);
    else if (event.key === "Escape") setClosedFor(begun.from);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  useEffect(() => {
    const box = field.current;
    const hear = (event: KeyboardEvent) => onKey(event);
    box?.addEventListener("keydown", hear, true);
    return () => box?.removeEventListener("keydown", hear, true);
  }, [field]);

  const open = found.length > 0;
  const chosenId = chosen && `${id}-${chosen.id}`;
  useEffect(() => {
    const box = field.current;
    if (!box || !open) return;
    box.setAttribute("aria-controls", `${id}-list`);
    if (chosenId) box.setAttribute("aria-activedescendant", chosenId);
    return () => {
      box.removeAttribute("aria-controls");
      box.removeAttribute("aria-activedescendant");
    };
  }, [open, chosenId, id, field]);
  const count = found.length;
  useEffect(() => {
    if (count > 0) announce(t`Colleagues are offered. Arrows choose, Enter puts the name in.`);
  }, [count, t]);
  if (!open) return null;
  return (
    <div role="listbox" id={`${id}-list`} aria-label={t`Colleagues`} className={css.list}>
      {found.map((one) => (
        // The keyboard stays in the field, which says where it is.
        // biome-ignore lint/a11y/useKeyWithClickEvents: the field above hears the keys
        // biome-ignore lint/a11y/useFocusableInteractive: as above
        <div
          key={one.id}
          id={`${id}-${one.id}`}
          role="option"
          aria-selected={one === chosen}
          className={css.one}
          onClick={() => use(one.callName)}
        >
          <Avatar name={one.name} us />
          <bdi>{one.callName}</bdi>
        </div>
      ))}
    </div>
  );
}
