import { useLingui } from "@lingui/react/macro";
import { type KeyboardEvent, type ReactNode, useId, useMemo, useRef, useState } from "react";
import type { QueryFaultView } from "#contracts/monitors";
import { writeAt } from "../../shared/text/write-at.ts";
import { Icon } from "../../shared/ui/icon.tsx";
import { type Completion, completionsAt } from "./complete.ts";
import css from "./listening.module.css";
import { QueryFault } from "./query-fault.tsx";
import { piecesOf } from "./query-pieces.ts";
import { useCompletionWords } from "./use-completion-words.ts";

type QueryFieldProps = {
  query: string;
  onChange: (query: string) => void;
  fault: QueryFaultView | null;
  readOnly?: boolean;
  children?: ReactNode;
};

/** A query as it is written: coloured, with what could stand at the caret, and what is wrong underlined in its place. */
export function QueryField({ query, onChange, fault, readOnly = false, children }: QueryFieldProps) {
  const { t } = useLingui();
  const completionWords = useCompletionWords();
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const [caret, setCaret] = useState<number | null>(null);
  const [at, setAt] = useState(0);
  const offered = useMemo(
    () => (caret === null || readOnly ? [] : completionsAt(query, caret)),
    [query, caret, readOnly],
  );
  const chosen = offered[Math.min(at, offered.length - 1)];

  function take({ from, to, write }: Completion) {
    const after = query.slice(to);
    const whole = write.endsWith(":");
    const gap = whole || /^\s/.test(after) ? "" : " ";
    const place = from + write.length + gap.length;
    writeAt(field.current, place, () => {
      onChange(query.slice(0, from) + write + gap + after);
      setCaret(whole ? place : null);
      setAt(0);
    });
  }
  function press(event: KeyboardEvent<HTMLTextAreaElement>) {
    if (!chosen) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      setAt((was) => (was + (event.key === "ArrowDown" ? 1 : offered.length - 1)) % offered.length);
    } else if (event.key === "Enter" || (event.key === "Tab" && !event.shiftKey)) {
      event.preventDefault();
      take(chosen);
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      setCaret(null);
    }
  }
  function look() {
    const now = field.current;
    setCaret(now && now.selectionStart === now.selectionEnd ? now.selectionStart : null);
    setAt(0);
  }

  return (
    <div className={css.queryBox}>
      <label htmlFor={id} className={css.label}>{t`What it listens for`}</label>
      <div className={css.layers}>
        <pre aria-hidden="true" dir="ltr" className={css.colours}>
          {piecesOf(query).map((piece) => (
            <span key={piece.at} className={css[piece.kind]}>
              {query.slice(piece.at, piece.at + piece.length)}
            </span>
          ))}
          {"\n"}
        </pre>
        {fault && fault.length > 0 ? (
          <pre aria-hidden="true" dir="ltr" className={css.colours}>
            <span className={css.unseen}>{query.slice(0, fault.at)}</span>
            <span className={css.wrong}>{query.slice(fault.at, fault.at + fault.length)}</span>
          </pre>
        ) : null}
        <textarea
          ref={field}
          id={id}
          className={css.queryText}
          dir="ltr"
          rows={3}
          value={query}
          readOnly={readOnly}
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
          role="combobox"
          aria-expanded={offered.length > 0}
          aria-controls={`${id}-offered`}
          aria-autocomplete="list"
          aria-activedescendant={chosen ? `${id}-${Math.min(at, offered.length - 1)}` : undefined}
          aria-invalid={fault ? true : undefined}
          aria-describedby={fault ? `${id}-fault` : `${id}-hint`}
          onChange={(event) => {
            onChange(event.target.value);
            setCaret(event.target.selectionStart);
            setAt(0);
          }}
          onKeyDown={press}
          onClick={look}
          onBlur={() => setCaret(null)}
        />
        <div
          id={`${id}-offered`}
          role="listbox"
          aria-label={t`What could stand here`}
          className={css.offered}
          hidden={offered.length === 0}
        >
          {offered.map((one, n) => (
            <div
              key={one.write}
              id={`${id}-${n}`}
              role="option"
              tabIndex={-1}
              aria-selected={one === chosen}
              className={css.option}
              onMouseDown={(event) => {
                event.preventDefault();
                take(one);
              }}
            >
              <code>{one.write}</code>
              <span className="dim">{completionWords(one.code)}</span>
            </div>
          ))}
        </div>
      </div>
      {fault ? (
        <div id={`${id}-fault`} className={css.fault} role="status">
          <Icon name="warning" size="small" />
          <QueryFault fault={fault} />
          {fault.length > 0 || fault.at > 0 ? (
            <button
              type="button"
              className={css.there}
              onClick={() => {
                field.current?.focus();
                field.current?.setSelectionRange(fault.at, fault.at + fault.length);
              }}
            >{t`Show me where`}</button>
          ) : null}
        </div>
      ) : (
        <p id={`${id}-hint`} className={css.hint}>
          {t`Words, "whole phrases", AND, OR, NOT, lamp NEAR/5 broken, repair*, #tag, @handle, from:, lang:, has:.`}
        </p>
      )}
      {children}
    </div>
  );
}
