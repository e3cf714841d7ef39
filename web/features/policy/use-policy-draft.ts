import { useState } from "react";
import type { Draft, Policy } from "./policy-query.ts";
import { sameRules } from "./rules.ts";

type Kept = Draft & { base: number };
const place = (brandId: string) => `hubbub.policy-draft.${brandId}`;

/** What was written and not saved, kept on this machine; what cannot be read is none. */
function keptDraft(brandId: string): Kept | null {
  try {
    const kept = JSON.parse(localStorage.getItem(place(brandId)) ?? "null") as Partial<Kept> | null;
    const whole = typeof kept?.text === "string" && Array.isArray(kept.rules) && typeof kept.base === "number";
    return whole ? (kept as Kept) : null;
  } catch {
    return null;
  }
}

function keep(brandId: string, draft: Kept | null): void {
  try {
    if (draft) localStorage.setItem(place(brandId), JSON.stringify(draft));
    else localStorage.removeItem(place(brandId));
  } catch {
    // Without storage the draft lives as long as the page.
  }
}

/** The policy as it stands on the screen: the saved one, or the draft over it. `base` is the version the draft began with. */
export function usePolicyDraft(policy: Policy) {
  const [draft, setDraft] = useState<Kept | null>(() => keptDraft(policy.brandId));
  const shown: Draft = draft ?? policy;
  const changed = draft !== null && (draft.text !== policy.text || !sameRules(draft.rules, policy.rules));

  function set(next: Kept | null): void {
    setDraft(next);
    keep(policy.brandId, next);
  }

  return {
    text: shown.text,
    rules: shown.rules,
    base: draft?.base ?? policy.version,
    changed,
    change: (part: Partial<Draft>) =>
      set({ text: shown.text, rules: shown.rules, base: draft?.base ?? policy.version, ...part }),
    /** The draft stays and is meant to replace the version that is there now. */
    rebase: () => (draft ? set({ ...draft, base: policy.version }) : undefined),
    discard: () => set(null),
  };
}
export type PolicyDraft = ReturnType<typeof usePolicyDraft>;
