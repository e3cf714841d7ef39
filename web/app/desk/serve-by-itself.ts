import { useState } from "react";

const place = (agentId: string) => `hubbub.serve.${agentId}`;

/** Whether the next work comes by itself after one is done; an agent's own choice on this machine, on at first. */
export function useServeByItself(agentId: string): [boolean, (serves: boolean) => void] {
  const [serves, setServes] = useState(() => {
    try {
      return localStorage.getItem(place(agentId)) !== "no";
    } catch {
      return true;
    }
  });
  return [
    serves,
    (next) => {
      setServes(next);
      try {
        localStorage.setItem(place(agentId), next ? "yes" : "no");
      } catch {
        // Without storage the choice lasts as long as the page.
      }
    },
  ];
}
