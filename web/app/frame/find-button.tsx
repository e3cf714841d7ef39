import { useLingui } from "@lingui/react/macro";
import { useKeyFor } from "../../shared/keys/use-keys.ts";
import { Icon } from "../../shared/ui/icon.tsx";
import { KeyHint } from "../../shared/ui/key-hint.tsx";
import css from "./frame.module.css";

/** The visible way into the palette, with its key. */
export function FindButton({ onOpen }: { onOpen: () => void }) {
  const { t } = useLingui();
  const keys = useKeyFor("palette.open", "mod+k");
  return (
    <button type="button" className={css.find} onClick={onOpen} aria-haspopup="dialog">
      <Icon name="search" />
      <span className={css.findWords}>{t`Go to, or do`}</span>
      {keys ? <KeyHint keys={keys} /> : null}
    </button>
  );
}
