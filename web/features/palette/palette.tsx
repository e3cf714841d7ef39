import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { Dialog as AriaDialog } from "react-aria-components/Dialog";
import { Modal, ModalOverlay } from "react-aria-components/Modal";
import { useActiveBindings, useKeySettings } from "../../shared/keys/use-keys.ts";
import { Icon } from "../../shared/ui/icon.tsx";
import { KeyHint } from "../../shared/ui/key-hint.tsx";
import pop from "../../shared/ui/pop.module.css";
import { VisuallyHidden } from "../../shared/ui/visually-hidden.tsx";
import { pieces } from "./fuzzy.ts";
import { latelyUsed, noteUsed } from "./lately.ts";
import css from "./palette.module.css";
import { actItems, type Found, numberIn, sectionsOf } from "./palette-items.ts";
import { useFound, useNumber } from "./use-found.ts";

type PaletteProps = {
  me: string;
  /** What stands in the field at first: "C-" to jump by number. */
  start: string;
  /** Opens a conversation. */
  open: (conversationId: string) => void;
  /** `run`: what was chosen, to be done when the palette is gone and the focus is back. */
  onClose: (run: (() => void) | null) => void;
};

/** Itself, and what only makes sense while it is closed. */
const NOT_HERE = ["palette.open", "palette.number", "list.next", "list.previous"];

/** Every act of this screen and every place there is, found by a few letters. */
export default function Palette({ me, start, open, onClose }: PaletteProps) {
  const { t } = useLingui();
  return (
    <ModalOverlay
      className={`${pop.shade} ${css.shade}`}
      isOpen
      isDismissable
      onOpenChange={(stays) => stays || onClose(null)}
    >
      <Modal className={css.box ?? ""}>
        <AriaDialog className={css.dialog ?? ""} aria-label={t`Go to, or do`}>
          <Inside me={me} start={start} open={open} onClose={onClose} />
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

function Inside({ me, start, open, onClose }: PaletteProps) {
  const { t } = useLingui();
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const [typed, setTyped] = useState(start);
  const [chosen, setChosen] = useState(0);
  const [lately] = useState(() => latelyUsed(me));
  const bindings = useActiveBindings();
  const settings = useKeySettings();
  const onlyActs = typed.startsWith(">");
  const text = onlyActs ? typed.slice(1) : typed;

  const acts = actItems(bindings, settings, { notNow: t`Not possible here now` }, NOT_HERE);
  const number = useNumber(onlyActs ? null : numberIn(text), open);
  const found = useFound(onlyActs ? "" : text);
  const sections = [
    ...(number ? [{ heading: number.heading, items: [{ ...number, at: [] }] }] : []),
    ...sectionsOf(text, acts, lately, { lately: t`Lately` }),
    ...found,
  ];
  const items = sections.flatMap((section) => section.items);
  const at = Math.min(chosen, Math.max(0, items.length - 1));
  const idOf = (place: number) => `${id}-${place}`;

  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  });

  function use(item: Found | undefined): void {
    if (!item || item.refused) return;
    noteUsed(me, item.id);
    onClose(item.run);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return;
    const by: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };
    const step = by[event.key];
    if (step !== undefined && items.length > 0) {
      event.preventDefault();
      // One step beyond an end goes round; a page stops there.
      const to = at + step;
      setChosen(
        Math.abs(step) === 1 ? (to + items.length) % items.length : Math.min(items.length - 1, Math.max(0, to)),
      );
    } else if (event.key === "Enter") {
      event.preventDefault();
      use(items[at]);
    } else if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      onClose(null);
    }
  }

  let place = -1;
  return (
    <>
      <div className={css.ask}>
        <Icon name="search" size="large" />
        <input
          className={css.field}
          role="combobox"
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-activedescendant={items.length > 0 ? idOf(at) : undefined}
          aria-autocomplete="list"
          aria-label={t`What do you want to do, or where to go?`}
          placeholder={t`An act, a place, or a number like C-20481`}
          autoComplete="off"
          spellCheck={false}
          maxLength={200}
          // biome-ignore lint/a11y/noAutofocus: the field is what the palette is opened for.
          autoFocus
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            setChosen(0);
          }}
          onKeyDown={onKeyDown}
        />
        <KeyHint keys="escape" />
      </div>
      <div className={css.list} ref={list} id={`${id}-list`} role="listbox" aria-label={t`Results`}>
        {sections.map((section, n) => (
          // biome-ignore lint/a11y/useSemanticElements: a group of options is no set of fields.
          <div key={`${n} ${section.heading}`} role="group" aria-labelledby={`${id}-h${n}`}>
            <div className={css.heading} id={`${id}-h${n}`} role="presentation">
              {section.heading}
            </div>
            {section.items.map((item) => {
              place += 1;
              const here = place;
              return (
                <Line
                  key={item.id}
                  item={item}
                  id={idOf(here)}
                  chosen={here === at}
                  onUse={() => use(item)}
                  onOver={() => setChosen(here)}
                />
              );
            })}
          </div>
        ))}
      </div>
      {items.length === 0 ? <p className={css.none}>{t`Nothing on this screen answers to that.`}</p> : null}
      <VisuallyHidden>
        <span role="status">{t`${plural(items.length, { one: "# result", other: "# results" })}`}</span>
      </VisuallyHidden>
      <div className={`${css.foot} no-phone`} aria-hidden="true">
        <span>
          <KeyHint keys="arrowup" /> <KeyHint keys="arrowdown" /> {t`choose`}
        </span>
        <span>
          <KeyHint keys="enter" /> {t`do`}
        </span>
        <span className="end">
          <KeyHint keys=">" /> {t`only acts`}
        </span>
      </div>
    </>
  );
}

type LineProps = { item: Found; id: string; chosen: boolean; onUse: () => void; onOver: () => void };

function Line({ item, id, chosen, onUse, onOver }: LineProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys act in the field, which names the chosen line.
    // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the field.
    <div
      className={css.line}
      role="option"
      id={id}
      aria-selected={chosen}
      aria-disabled={item.refused ? true : undefined}
      onClick={onUse}
      onPointerMove={onOver}
    >
      {item.icon ? <Icon name={item.icon} /> : null}
      <span className={css.label}>
        {pieces(item.label, item.at).map((piece, n) =>
          piece.hit ? <b key={n}>{piece.text}</b> : <span key={n}>{piece.text}</span>,
        )}
      </span>
      {item.refused ? <span className={css.refused}>{item.refused}</span> : null}
      {item.end ? <span className={css.end}>{item.end}</span> : null}
      {item.keys ? <KeyHint keys={item.keys} /> : null}
    </div>
  );
}
