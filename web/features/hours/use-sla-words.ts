import { useLingui } from "@lingui/react/macro";

/** Priorities and media with their names, in the order of a list. */
export function useSlaWords() {
  const { t } = useLingui();
  return {
    priorities: [
      { id: "urgent", name: t`urgent` },
      { id: "high", name: t`high` },
      { id: "normal", name: t`normal` },
      { id: "low", name: t`low` },
    ],
    mediums: [
      { id: "public", name: t`Posts in public` },
      { id: "dm", name: t`Private messages` },
      { id: "email", name: t`E-mail` },
      { id: "chat", name: t`Chat` },
      { id: "phone", name: t`Calls` },
    ],
  };
}
