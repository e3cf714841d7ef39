import { useLingui } from "@lingui/react/macro";
import { useLists } from "../../shared/text/use-lists.ts";
import { Button } from "../../shared/ui/button.tsx";
import css from "./composer.module.css";

type TwoTextsProps = { other: string; onChoose: (which: "here" | "other") => void };

/** Two windows of one agent wrote different words: neither is lost, one is chosen. */
export function TwoTexts({ other, onChoose }: TwoTextsProps) {
  const { t } = useLingui();
  const { quote } = useLists();
  return (
    <div className={css.two} role="alert">
      <p>
        <b>{t`Another window has a different text of yours:`}</b> <bdi>{quote(other.slice(0, 140))}</bdi>
      </p>
      <Button size="small" onClick={() => onChoose("here")}>{t`Keep this one`}</Button>
      <Button size="small" look="soft" onClick={() => onChoose("other")}>{t`Use the other`}</Button>
    </div>
  );
}
