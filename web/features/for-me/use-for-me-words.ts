import { useLingui } from "@lingui/react/macro";
import type { ForMeItem } from "#contracts/together";

/** What each thing is, in a few words. */
export function useForMeWords(): (item: ForMeItem) => string {
  const { t } = useLingui();
  return (item) => {
    const by = item.by ?? t`Somebody`;
    switch (item.kind) {
      case "mention":
        return t`${by} named you in a note`;
      case "handed":
        return t`${by} handed it to you`;
      case "asked-in":
        return t`${by} asked you in`;
      case "side-question":
        return t`${by} asks you`;
      case "side-answer":
        return t`${by} answered your question`;
      case "follow-up":
        return item.by === null ? t`To be done` : t`To be done, says ${by}`;
      case "followed":
        if (item.what === "wrote") return t`The customer wrote`;
        if (item.what === "answered") return item.by === null ? t`It was answered` : t`${by} answered`;
        if (item.what === "done") return item.by === null ? t`It is done` : t`${by} is done with it`;
        return t`It needs work again`;
    }
    return "";
  };
}
