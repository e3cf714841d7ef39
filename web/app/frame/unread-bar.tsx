import { useLingui } from "@lingui/react/macro";
import { type Query, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { Problem } from "../../shared/api/problem.ts";
import { onSaid } from "../../shared/api/said-problems.ts";
import { Banner } from "../../shared/ui/banner.tsx";
import { Button } from "../../shared/ui/button.tsx";
import { problemTitle } from "../../shared/ui/problem-words.ts";
import css from "./offline-bar.module.css";
import { unreadOf } from "./unread.ts";

/** Long enough for the place itself to say it first. */
const SETTLE_MS = 400;

/** "Not everything here could be read." Says what no place of the screen says, and what is old because of it. */
export default function UnreadBar() {
  const { t } = useLingui();
  const client = useQueryClient();
  const [unread, setUnread] = useState<readonly { read: Query; problem: Problem }[]>([]);
  useEffect(() => {
    let planned: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      planned ??= setTimeout(() => {
        planned = undefined;
        const found = unreadOf(client.getQueryCache().getAll());
        setUnread((was) => (was.length + found.length === 0 ? was : found));
      }, SETTLE_MS);
    };
    const stops = [client.getQueryCache().subscribe(look), onSaid(look), () => clearTimeout(planned)];
    look();
    return () => {
      for (const stop of stops) stop();
    };
  }, [client]);
  const first = unread[0];
  if (!first) return null;
  const retry = () => {
    for (const { read } of unread) void client.refetchQueries({ queryKey: read.queryKey, exact: true });
  };
  return (
    <div className={css.bar}>
      <Banner
        look="soon"
        icon="warning"
        announce="polite"
        title={t`Not everything here could be read.`}
        acts={<Button size="small" onClick={retry}>{t`Try again`}</Button>}
      >
        {t`Something is missing or old. ${problemTitle(first.problem)}`}
      </Banner>
    </div>
  );
}
