import { useLingui } from "@lingui/react/macro";
import { useLabelWords } from "../../shared/labels/use-label-words.ts";
import { useMay } from "../../shared/session/session.ts";
import { ServerWords } from "../../shared/text/said/server-words.tsx";
import { Button, LinkButton } from "../../shared/ui/button.tsx";
import { Icon, type IconName } from "../../shared/ui/icon.tsx";
import { Popover } from "../../shared/ui/popover.tsx";
import type { MessageEntry } from "./conversation-query.ts";
import css from "./labels.module.css";
import { shownLabels } from "./shown-labels.ts";

type LabelsProps = {
  message: MessageEntry;
  onMark: (task: string, value: string) => void;
  /** Marks the words that made a label in the message while its reason is looked at. */
  onWords: (words: readonly { start: number; end: number }[]) => void;
};

const ICONS: Record<string, IconName> = {
  "sentiment negative": "sad",
  "sentiment positive": "glad",
  "sentiment neutral": "flat",
  risk: "flame",
  abuse: "shield",
};

/** What was understood of a message. Each guess says its number and its words, and can be corrected. */
export function Labels({ message, onMark, onWords }: LabelsProps) {
  const { t } = useLingui();
  const may = useMay("label.mark");
  const words = useLabelWords();
  const labels = shownLabels(message);
  return (
    <span className={css.labels}>
      {labels.map((label) => {
        const said = words(label.task, label.value);
        const icon = ICONS[`${label.task} ${label.value}`] ?? ICONS[label.task];
        const mark = () => onWords(label.words);
        const unmark = () => onWords([]);
        return (
          // biome-ignore lint/a11y/noStaticElementInteractions: it only marks words while its button is looked at.
          <span
            key={`${label.task} ${label.value}`}
            onMouseEnter={mark}
            onMouseLeave={unmark}
            onFocus={mark}
            onBlur={unmark}
          >
            <Popover
              label={t`Why ${said}?`}
              trigger={
                <button type="button" className={css.label}>
                  {icon ? <Icon name={icon} size="small" /> : null}
                  {said}
                </button>
              }
            >
              {(close) => (
                <div className={css.panel}>
                  <p className="strong">{t`Maybe ${said}`}</p>
                  {label.score === null ? null : (
                    <p className="small mid num">{t`How sure: ${Math.round(label.score * 100)} of 100`}</p>
                  )}
                  {label.words.length > 0 ? (
                    <p className="small">
                      {t`Because of`}{" "}
                      {label.words.map((word, place) => (
                        <mark key={place} className={css.word}>
                          <bdi>{message.text.slice(word.start, word.end) || word.text}</bdi>
                        </mark>
                      ))}
                    </p>
                  ) : null}
                  {label.why.length > 0 ? (
                    <ul className={css.why}>
                      {label.why.map((reason) => (
                        <li key={`${reason.code} ${reason.text}`}>
                          <ServerWords code={reason.code}>{reason.text}</ServerWords>
                        </li>
                      ))}
                    </ul>
                  ) : null}
                  {label.task === "abuse" ? (
                    <p className="small mid">
                      {t`Nobody has to bear this. Answer the matter calmly or not at all; end it by choosing an outcome, or ask your lead to take it (Shift X).`}
                    </p>
                  ) : null}
                  {label.task === "personal" ? (
                    <p className="small mid">{t`Do not repeat it in public. Take the matter private.`}</p>
                  ) : null}
                  {label.task === "thing" ? (
                    <p className="small mid">{t`From your list of products and places.`}</p>
                  ) : null}
                  {may && label.others.length > 0 ? (
                    <div className={css.others}>
                      <span className="small mute">{t`Not so? It is`}</span>
                      {label.others.map((other) => (
                        <Button
                          key={other}
                          size="small"
                          look="soft"
                          onClick={() => {
                            close();
                            onMark(label.task, other);
                          }}
                        >
                          {words(label.task, other)}
                        </Button>
                      ))}
                    </div>
                  ) : null}
                  <LinkButton className={css.close} onClick={close}>{t`Close`}</LinkButton>
                </div>
              )}
            </Popover>
          </span>
        );
      })}
    </span>
  );
}
