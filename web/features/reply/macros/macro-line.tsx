import { useLingui } from "@lingui/react/macro";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useEffectEvent, useLayoutEffect, useRef } from "react";
import type { MacroBoard, MacroView } from "#contracts/macros";
import { expandSnippet, fillFields, firstName, snippetBegun, textIn, usableMacros } from "#shared/macros";
import { macrosQuery } from "../../../shared/api/macros-query.ts";
import { offerSource } from "../../../shared/palette/sources.ts";
import { useSession } from "../../../shared/session/session.ts";
import { announce } from "../../../shared/ui/announcer.tsx";
import { LinkButton } from "../../../shared/ui/button.tsx";
import { Icon } from "../../../shared/ui/icon.tsx";
import { toasts } from "../../../shared/ui/toast.tsx";
import composerCss from "../composer.module.css";
import type { MacroSlot, MacroThen } from "./macro-slot.ts";
import css from "./macros.module.css";
import { useThenWords } from "./use-then-words.ts";

const MacroPicker = lazy(() => import("./macro-picker.tsx"));
const MOST_OFFERED = 5;

type MacroLineProps = MacroSlot & {
  then: MacroThen | null;
  setThen: (then: MacroThen | null) => void;
  picking: boolean;
  setPicking: (picking: boolean) => void;
};

/** Macros by key, by the palette and by `::name` in the text; and below it what is done once the words are away. */
export default function MacroLine(props: MacroLineProps) {
  const { view, composer, field, onThen, then, setThen, picking, setPicking } = props;
  const { t } = useLingui();
  const client = useQueryClient();
  const { agent } = useSession();
  const sayThen = useThenWords();
  const { text, audience, target } = composer;
  const typed = text.includes("::");
  const asked = useQuery({ ...macrosQuery, enabled: picking || typed });
  const { data } = asked;
  const usable = (board: MacroBoard | undefined) =>
    usableMacros(board?.macros ?? [], { brandId: view.brand.id, audience });

  function wordsOf(macro: MacroView): string {
    const brand = data?.brands.find((one) => one.id === view.brand.id);
    const said = textIn(macro.texts, [target?.language ?? null, view.customer.language, brand?.locale ?? null]);
    const handles = view.customer.handles.map((one) => one.handle);
    return fillFields(said?.text ?? "", {
      "customer.first_name": firstName(view.customer.name, handles),
      "agent.first_name": firstName(agent.name),
      brand: view.brand.name,
      "conversation.number": view.number,
    });
  }

  /** Where the cursor goes once the words stand there: to the first open field, else behind them. */
  const cursor = useRef<{ text: string; from: number; to: number } | null>(null);
  function put(next: string, from: number, to: number): void {
    const open = /\{\{[^{}]*\}\}/u.exec(next.slice(from, to));
    cursor.current = {
      text: next,
      from: open ? from + open.index : to,
      to: open ? from + open.index + open[0].length : to,
    };
    composer.setText(next);
    announce(open ? t`Inserted. A field is open: ${open[0]}. The reply is held until it is filled.` : t`Inserted.`);
  }
  useLayoutEffect(() => {
    const wanted = cursor.current;
    if (picking || !wanted || wanted.text !== text) return;
    cursor.current = null;
    field.current?.focus();
    field.current?.setSelectionRange(wanted.from, wanted.to);
  }, [text, picking, field]);

  function thenOf({ act, queue }: MacroView): MacroThen | null {
    if (!act) return null;
    const outcome = act.kind === "resolve" ? view.outcomes.find((one) => one.key === act.outcome) : undefined;
    const found: MacroThen | null =
      act.kind === "snooze"
        ? act
        : act.kind === "move"
          ? queue === null
            ? null
            : { kind: "move", queueId: act.queueId, name: queue }
          : outcome
            ? { kind: "resolve", outcome: outcome.key, name: outcome.name }
            : null;
    if (found && onThen) return found;
    toasts.add({
      text: onThen
        ? t`What the macro does is not possible here: it was left out.`
        : t`Take the work first; what the macro does was left out.`,
    });
    return null;
  }

  function use(macro: MacroView): void {
    setPicking(false);
    const words = wordsOf(macro);
    const next = thenOf(macro);
    if (words === "") {
      // Nothing to wait for; each of these acts can be undone.
      if (next) onThen?.(next);
      return;
    }
    const from = field.current?.selectionStart ?? text.length;
    const to = field.current?.selectionEnd ?? from;
    setThen(next);
    put(text.slice(0, from) + words + text.slice(to), from, from + words.length);
  }

  const grow = useEffectEvent(() => {
    const caret = field.current?.selectionStart ?? text.length;
    const known = usable(data);
    const wordsFor = (name: string) => known.find((one) => one.name === name && one.texts.length > 0);
    const grown = expandSnippet(text, caret, (name) => {
      const macro = wordsFor(name);
      return macro ? wordsOf(macro) : null;
    });
    const macro = grown && wordsFor(grown.name);
    if (!grown || !macro) return;
    setThen(thenOf(macro));
    put(grown.text, Math.max(0, grown.caret - wordsOf(macro).length - 1), grown.caret);
  });
  useEffect(() => {
    if (typed && data) grow();
  }, [text, typed, data]);

  const found = useEffectEvent(async (asked: string) => {
    const board = await client.fetchQuery(macrosQuery);
    const holds = (macro: MacroView) => `${macro.name} ${macro.texts[0]?.text ?? ""}`.toLowerCase();
    return usable(board)
      .filter((macro) => holds(macro).includes(asked.toLowerCase()))
      .slice(0, MOST_OFFERED)
      .map((macro) => ({
        ...{ id: `macro ${macro.id}`, label: firstLine(macro), end: `::${macro.name}`, icon: "bolt" as const },
        run: () => takeIt(macro),
      }));
  });
  const takeIt = useEffectEvent((macro: MacroView) => use(macro));
  const heading = t`Macros`;
  useEffect(() => offerSource({ id: "macros", heading, least: 2, find: (asked) => found(asked) }), [heading]);

  const begun = typed && data ? snippetBegun(text, field.current?.selectionStart ?? text.length) : null;
  const offered =
    begun === null ? [] : usable(data).filter((one) => one.texts.length > 0 && one.name.startsWith(begun));
  return (
    <>
      {offered.length > 0 ? (
        <fieldset className={css.offered} aria-label={t`Macros that begin so`}>
          {offered.slice(0, MOST_OFFERED).map((macro) => (
            <LinkButton
              key={macro.id}
              onClick={() => {
                const caret = field.current?.selectionStart ?? text.length;
                const from = caret - (begun?.length ?? 0) - 2;
                const words = wordsOf(macro);
                setThen(thenOf(macro));
                put(text.slice(0, from) + words + text.slice(caret), from, from + words.length);
              }}
            >
              ::{macro.name}
            </LinkButton>
          ))}
          <span className="mid">{t`A space puts it in.`}</span>
        </fieldset>
      ) : null}
      {then ? (
        <div className={composerCss.hints}>
          <div className={composerCss.hint}>
            <Icon name="bolt" />
            <span className={composerCss.hintLabel}>{t`And then`}</span>
            <span className="grow">{sayThen(then)}</span>
            <LinkButton onClick={() => setThen(null)}>{t`Leave it out`}</LinkButton>
          </div>
        </div>
      ) : null}
      <Suspense fallback={null}>
        {picking ? (
          <MacroPicker
            macros={data ? usable(data) : null}
            asked={asked}
            preview={wordsOf}
            onUse={use}
            onClose={() => setPicking(false)}
          />
        ) : null}
      </Suspense>
    </>
  );
}

const firstLine = (macro: MacroView): string =>
  (macro.texts[0]?.text ?? `::${macro.name}`).split("\n")[0]!.slice(0, 90);
