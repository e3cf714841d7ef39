import { useLingui } from "@lingui/react/macro";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { WorkViewView } from "#contracts/work-loop";
import { api } from "../../../shared/api/api.ts";
import { useCommand } from "../../../shared/api/use-command.ts";
import { Button } from "../../../shared/ui/button.tsx";
import { Dialog } from "../../../shared/ui/dialog.tsx";
import { Select, TextField } from "../../../shared/ui/field.tsx";
import { ProblemNotice } from "../../../shared/ui/problem-notice.tsx";
import { toasts } from "../../../shared/ui/toast.tsx";
import css from "./filter-bar.module.css";
import { type Shown, viewsQuery } from "./views-query.ts";

const teamsQuery = queryOptions({
  queryKey: ["people", "teams"],
  queryFn: async ({ signal }) =>
    (await api.get<{ teams: { id: string; name: string }[] }>("/api/teams", undefined, signal)).teams,
  retry: false,
});

type SaveProps = { view: WorkViewView | null; shown: Shown; onClose: () => void };
type Body = Shown & { name: string; teamId: string | null; position: number };

/** A name for the list, and who else has it. */
export default function SaveView({ view, shown, onClose }: SaveProps) {
  const { t } = useLingui();
  const [name, setName] = useState(view?.name ?? "");
  const [teamId, setTeamId] = useState(view?.team?.id ?? "");
  const [position, setPosition] = useState(String(view?.position ?? 0));
  const { data: teams = [] } = useQuery(teamsQuery);
  const finished = (text: string) => {
    toasts.add({ text });
    onClose();
  };
  const save = useCommand<Body>({
    run: (body, commandId) =>
      view
        ? api.put(`/api/desk/views/${view.id}`, body, { commandId, expectedVersion: view.version })
        : api.post("/api/desk/views", body, { commandId }),
    invalidates: () => [viewsQuery.queryKey],
    onDone: () => finished(t`The list is saved.`),
  });
  const drop = useCommand<string>({
    run: (id, commandId) => api.delete(`/api/desk/views/${id}`, {}, { commandId }),
    invalidates: () => [viewsQuery.queryKey],
    onDone: () => finished(t`The list is deleted. The work in it is as it was.`),
  });
  const problem = save.problem ?? drop.problem;
  const shared = view?.team && !teams.some((team) => team.id === view.team?.id) ? [view.team] : [];
  return (
    <Dialog open onClose={onClose} title={view ? t`Change the list` : t`Save this list`} width={420}>
      <form
        className={css.bar}
        onSubmit={(event) => {
          event.preventDefault();
          save.send({ ...shown, name: name.trim(), teamId: teamId || null, position: Number(position) || 0 });
        }}
      >
        {problem ? <ProblemNotice problem={problem} /> : null}
        <TextField
          label={t`Name`}
          value={name}
          maxLength={60}
          autoFocus
          hint={shown.filter}
          onChange={(event) => setName(event.target.value)}
        />
        <Select
          label={t`Who has it`}
          value={teamId}
          onChange={setTeamId}
          options={[
            { value: "", label: t`Only me` },
            ...[...teams, ...shared].map((team) => ({ value: team.id, label: t`Everybody of ${team.name}` })),
          ]}
        />
        <TextField
          label={t`Place among the lists`}
          type="number"
          min={0}
          max={1000}
          value={position}
          onChange={(event) => setPosition(event.target.value)}
        />
        <div className={css.line}>
          <span className="grow">
            {view ? <Button busy={drop.busy} onClick={() => drop.send(view.id)}>{t`Delete the list`}</Button> : null}
          </span>
          <Button
            type="submit"
            look="primary"
            busy={save.busy}
            refused={name.trim() === "" ? t`Give it a name.` : null}
          >
            {t`Save`}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
