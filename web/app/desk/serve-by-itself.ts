import { useState } from "react";
import { api } from "../../shared/api/api.ts";
import { newId } from "../../shared/api/new-id.ts";
import { useSession } from "../../shared/session/session.ts";

const place = (agentId: string) => `hubbub.serve.${agentId}`;

/** Whether the next work comes by itself after one is done; an agent's own choice, on at first, kept by the server and on this machine. */
export function useServeByItself(agentId: string): [boolean, (serves: boolean) => void] {
  const kept = useSession().preferences?.play?.serves;
  const [serves, setServes] = useState(() => {
    try {
      const here = localStorage.getItem(place(agentId));
      return here === null ? (kept ?? true) : here !== "no";
    } catch {
      return kept ?? true;
    }
  });
  return [
    serves,
    (next) => {
      setServes(next);
      try {
        localStorage.setItem(place(agentId), next ? "yes" : "no");
      } catch {
        // Without storage the choice is the server's alone.
      }
      void api.put("/api/preferences", { play: { serves: next } }, { commandId: newId() }).catch(() => undefined);
    },
  ];
}
