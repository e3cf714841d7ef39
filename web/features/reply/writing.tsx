import { useLingui } from "@lingui/react/macro";
import type { RefObject } from "react";
import { Icon } from "../../shared/ui/icon.tsx";
import { type Mark, stretches } from "./check-reply.ts";
import css from "./composer.module.css";

type WritingProps = {
  field: RefObject<HTMLTextAreaElement | null>;
  label: string;
  text: string;
  marks: readonly Mark[];
  signature: string;
  describedBy: string;
  invalid: boolean;
  onText: (text: string) => void;
  /** Files from the clipboard. */
  onFiles: (files: File[]) => void;
};

/**
 * The text field. Under it lies the same text drawn by us, which gives the field its height, shows the marks and ends with
 * the signature: the last words of a public reply, which no key can remove.
 */
export function Writing({ field, label, text, marks, signature, describedBy, invalid, onText, onFiles }: WritingProps) {
  const { t } = useLingui();
  return (
    <div className={css.writing}>
      <div className={css.page}>
        <div className={css.drawn} aria-hidden="true" dir="auto">
          {stretches(text, marks).map((part, place) => (
            <span key={place} className={part.kind ? css[part.kind] : undefined}>
              {part.text}
            </span>
          ))}
          {signature ? (
            <span className={css.signature}>
              {" "}
              <bdi>{signature}</bdi> <Icon name="lock" size="small" />
            </span>
          ) : null}
          {"\u200b"}
        </div>
        <textarea
          ref={field}
          className={css.field}
          dir="auto"
          rows={1}
          value={text}
          maxLength={20_000}
          aria-label={label}
          aria-describedby={describedBy}
          aria-invalid={invalid || undefined}
          spellCheck
          placeholder={signature ? undefined : t`Write here`}
          onChange={(event) => onText(event.target.value)}
          onPaste={(event) => {
            const files = [...event.clipboardData.files];
            // A sheet or a page brings a picture of itself along: then its words are wanted.
            if (files.length === 0 || event.clipboardData.types.includes("text/plain")) return;
            event.preventDefault();
            onFiles(files);
          }}
        />
      </div>
    </div>
  );
}
