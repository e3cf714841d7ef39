import { useLingui } from "@lingui/react/macro";
import { useEffect, useRef, useState } from "react";
import type { AttachedFile } from "#contracts/desk";
import { api } from "../../../shared/api/api.ts";
import { isProblem } from "../../../shared/api/problem.ts";
import { type Upload, upload } from "../../../shared/api/upload.ts";
import { announce } from "../../../shared/ui/announcer.tsx";
import { sayProblem } from "../../../shared/ui/problem-words.ts";
import { toasts } from "../../../shared/ui/toast.tsx";
import type { DraftKeeper } from "../drafts.ts";

/** A file on its way up. */
export type Rising = { key: number; name: string; part: number; stop: () => void };

/** Of one reply; networks take fewer. */
const MOST = 20;
/** What waits for the virus scanner is asked for again after so long. */
const AGAIN = 3_000;

let last = 0;

/** Files of a draft: up as soon as they are chosen, part of the draft as soon as they are up. */
export function useAttach(keeper: DraftKeeper, id: string, files: readonly AttachedFile[]) {
  const { t } = useLingui();
  const [rising, setRising] = useState<readonly Rising[]>([]);
  const here = useRef(id);
  useEffect(() => {
    here.current = id;
    setRising([]);
  }, [id]);

  async function bring(file: File): Promise<void> {
    const key = ++last;
    const set = (part: number) => setRising((all) => all.map((one) => (one.key === key ? { ...one, part } : one)));
    const going: Upload<AttachedFile> = upload("/api/desk/files", file, set);
    const gone = () => setRising((all) => all.filter((one) => one.key !== key));
    const stop = () => {
      going.stop();
      gone();
    };
    setRising((all) => [...all, { key, name: file.name, part: 0, stop }]);
    try {
      // Into the draft it was meant for, though another conversation may be open by now.
      keeper.attach(id, await going.done);
      announce(t`${file.name} is attached.`);
    } catch (error) {
      const why = isProblem(error) ? sayProblem(error) : t`It could not be sent.`;
      announce(t`${file.name} is not attached. ${why}`, true);
      toasts.add({ text: t`${file.name} is not attached. ${why}` });
    } finally {
      if (here.current === id) gone();
    }
  }

  const waiting = files.filter((file) => file.state === "waiting").map((file) => file.id);
  const asked = waiting.join(" ");
  useEffect(() => {
    if (asked === "") return;
    const timer = setInterval(() => {
      for (const one of asked.split(" "))
        api
          .get<AttachedFile>(`/api/desk/files/${one}`)
          .then((now) => now.state !== "waiting" && keeper.refresh(id, now))
          .catch(() => undefined);
    }, AGAIN);
    return () => clearInterval(timer);
  }, [asked, id, keeper]);

  return {
    rising,
    attach(chosen: readonly File[]): void {
      const room = MOST - files.length - rising.length;
      if (chosen.length > room) announce(t`No more than ${MOST} files go with one reply.`, true);
      for (const file of chosen.slice(0, Math.max(0, room))) void bring(file);
    },
    remove(file: AttachedFile): void {
      keeper.detach(id, file.id);
      announce(t`${file.name} is taken out.`);
      api.delete(`/api/desk/files/${file.id}`).catch(() => undefined);
    },
  };
}
