import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import type { WorkGroup } from "#contracts/desk";
import { api } from "../../shared/api/api.ts";
import { useCommand } from "../../shared/api/use-command.ts";
import { useMay } from "../../shared/session/session.ts";
import { announce } from "../../shared/ui/announcer.tsx";
import { Button } from "../../shared/ui/button.tsx";
import { Icon } from "../../shared/ui/icon.tsx";
import { sayProblem } from "../../shared/ui/problem-words.ts";
import { toasts } from "../../shared/ui/toast.tsx";
import css from "./group-rows.module.css";

/** "and 37 more": what waits behind one author, or behind one text by many. Nothing of it is lost; it comes forward as there is room. */
export default function GroupRows({ groups }: { groups: readonly WorkGroup[] }) {
  const { t } = useLingui();
  const may = useMay("work.assign");
  const forward = useCommand<{ key: string; all: boolean }, { count: number }>({
    run: (asked, commandId) => api.post("/api/desk/work/forward", asked, { commandId }),
    invalidates: () => [["work"]],
    onDone: ({ count }) =>
      toasts.add({ text: t`${plural(count, { one: "# comes forward.", other: "# come forward." })}` }),
    onProblem: (problem) => announce(sayProblem(problem), true),
  });
  return (
    <section className={css.groups} aria-label={t`What waits behind`}>
      {groups.map(({ key, kind, count, name, subject, conversationId }) => (
        <div key={key} className={css.group}>
          <Icon name={kind === "author" ? "person" : "swap"} size="small" />
          <span className={css.say}>
            <Link to="/desk/$conversationId" params={{ conversationId }} className={css.more}>
              {t`${plural(count, { one: "and # more", other: "and # more" })}`}
            </Link>{" "}
            {kind === "author" ? t`from ${name}` : t`that say the same`}
            <span className={css.subject}>
              <bdi>{subject}</bdi>
            </span>
          </span>
          {may ? (
            <span className={css.acts}>
              <Button size="small" busy={forward.busy} onClick={() => forward.send({ key, all: false })}>
                {t`Next`}
              </Button>
              <Button size="small" look="bare" busy={forward.busy} onClick={() => forward.send({ key, all: true })}>
                {t`All`}
              </Button>
            </span>
          ) : null}
        </div>
      ))}
    </section>
  );
}
