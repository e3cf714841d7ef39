import { useLingui } from "@lingui/react/macro";
import type { ConversationView } from "#contracts/desk";
import { LinkButton } from "../../shared/ui/button.tsx";
import { Chip } from "../../shared/ui/chip.tsx";
import { Popover } from "../../shared/ui/popover.tsx";
import css from "./labels.module.css";

/** The words of a message that are shown where it turned. */
const SHOWN = 160;

/** How the customer's mood went over the conversation, and with which message it turned. */
export default function CourseChip({ view }: { view: ConversationView }) {
  const { t } = useLingui();
  const { course } = view;
  if (!course || course.course === "steady") return null;
  const better = course.course === "better";
  const said = better ? t`mood better` : t`mood worse`;
  const sure = Math.round(course.score * 100);
  const turned = view.timeline.find((entry) => entry.type === "message" && entry.id === course.turnedAt);
  const text = turned?.type === "message" ? turned.text : "";
  const words = turned?.type === "message" ? (turned.labels.sentiment?.words ?? []) : [];
  return (
    <Popover
      label={t`Why ${said}?`}
      trigger={
        <button type="button" className={css.label}>
          <Chip look={better ? "good" : "soon"} icon={better ? "glad" : "sad"}>
            {said}
          </Chip>
        </button>
      }
    >
      {(close) => (
        <div className={css.panel}>
          <p className="strong">{better ? t`The customer’s mood got better` : t`The customer’s mood got worse`}</p>
          <p className="small mid num">{t`How sure: ${sure} of 100`}</p>
          {text === "" ? null : (
            <>
              <p className="small">{t`It turned with this message:`}</p>
              <blockquote className="small" dir="auto">
                {text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text}
              </blockquote>
            </>
          )}
          {words.length > 0 ? (
            <p className="small">
              {t`Because of`}{" "}
              {words.map((word) => (
                <mark key={`${word.start} ${word.end}`} className={css.word}>
                  <bdi>{text.slice(word.start, word.end) || word.text}</bdi>
                </mark>
              ))}
            </p>
          ) : null}
          <LinkButton className={css.close} onClick={close}>{t`Close`}</LinkButton>
        </div>
      )}
    </Popover>
  );
}
