import { useLingui } from "@lingui/react/macro";
import { announce } from "../../../shared/ui/announcer.tsx";
import { toasts } from "../../../shared/ui/toast.tsx";

/** Puts words on the clipboard; where the browser gives none, it says what to do instead. */
export function useCopy(): (words: string) => Promise<void> {
  const { t } = useLingui();
  return async (words) => {
    try {
      await navigator.clipboard.writeText(words);
      toasts.add({ text: t`Copied.` });
    } catch {
      // Browsers give the clipboard to pages by https only; by hand it always works.
      announce(t`The browser does not let this page copy. Mark the words and copy them by hand.`);
      toasts.add({ text: t`The browser does not let this page copy. Mark the words and copy them by hand.` });
    }
  };
}
