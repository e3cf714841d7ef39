import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { WindowsView } from "#contracts/windows";
import { asProblem } from "../../../shared/api/problem.ts";
import { useCommand } from "../../../shared/api/use-command.ts";
import { useMay } from "../../../shared/session/session.ts";
import { Button } from "../../../shared/ui/button.tsx";
import { DraftNotice } from "../../../shared/ui/draft-notice.tsx";
import { ProblemNotice } from "../../../shared/ui/problem-notice.tsx";
import { Skeleton } from "../../../shared/ui/skeleton.tsx";
import { toasts } from "../../../shared/ui/toast.tsx";
import page from "../policy-page.module.css";
import { Replay } from "./replay.tsx";
import { Stitching } from "./stitching.tsx";
import { WindowFields } from "./window-fields.tsx";
import { formOf, sameWindows, type WindowsForm, windowsOf } from "./windows-form.ts";
import { saveWindows, windowsQuery } from "./windows-query.ts";

/** How long a return is the same work, and a pause the same burst; tried on the past before it counts. */
export default function WindowsPanel({ brandId }: { brandId: string }) {
  const { t } = useLingui();
  const windows = useQuery(windowsQuery(brandId));
  if (windows.data) return <Panel key={windows.data.brandId} view={windows.data} />;
  if (!windows.isError) return <Skeleton shape="lines" count={6} />;
  return (
    <ProblemNotice
      problem={asProblem(windows.error)}
      acts={<Button size="small" onClick={() => void windows.refetch()}>{t`Try again`}</Button>}
    />
  );
}

function Panel({ view }: { view: WindowsView }) {
  const { t } = useLingui();
  const may = useMay("policy.manage", view.brandId);
  const [draft, setDraft] = useState<{ form: WindowsForm; base: number } | null>(null);
  const form = draft?.form ?? formOf(view);
  const windows = windowsOf(form);
  const changed = draft !== null && !sameWindows(windows, windowsOf(formOf(view)));
  return (
    <>
      <div className={may ? page.columns : undefined}>
        <div className={page.main}>
          <WindowFields
            form={form}
            names={view.names}
            may={may}
            onChange={(next) => setDraft({ form: next, base: draft?.base ?? view.version })}
          />
          <Stitching brandId={view.brandId} />
        </div>
        {may ? (
          <aside className={page.side} aria-label={t`Replay the past`}>
            <Replay brandId={view.brandId} windows={windows} names={view.names} />
          </aside>
        ) : null}
      </div>
      {may && changed ? (
        <SaveWindows view={view} windows={windows} base={draft.base} onDrop={() => setDraft(null)} />
      ) : null}
    </>
  );
}

type SaveProps = { view: WindowsView; windows: ReturnType<typeof windowsOf>; base: number; onDrop: () => void };

function SaveWindows({ view, windows, base, onDrop }: SaveProps) {
  const { t } = useLingui();
  const client = useQueryClient();
  const save = useCommand({
    run: saveWindows,
    onDone: (answer) => {
      client.setQueryData(windowsQuery(view.brandId).queryKey, answer);
      onDrop();
      toasts.add({ text: t`These windows count for what comes from now on.` });
    },
    onProblem: (problem) => {
      if (problem.kind === "conflict") void client.invalidateQueries({ queryKey: ["policy", view.brandId, "windows"] });
    },
  });
  const overtaken = base !== view.version;
  return (
    <section className={page.save} aria-label={t`Save`}>
      <DraftNotice
        overtaken={overtaken ? t`Somebody else saved other windows meanwhile.` : null}
        onDrop={onDrop}
        problem={save.problem}
      />
      <div className={page.saveRow}>
        <p className="small mid">
          <b>
            <Trans>Your changes are not saved yet.</Trans>
          </b>
        </p>
        <Button look="bare" onClick={onDrop}>
          <Trans>Drop the changes</Trans>
        </Button>
        <Button
          look="primary"
          busy={save.busy}
          refused={
            windows === null
              ? t`A field is not a number yet.`
              : overtaken
                ? t`Decide first what becomes of the version of somebody else.`
                : null
          }
          onClick={() => windows && save.send({ brandId: view.brandId, windows, expectedVersion: base })}
        >
          <Trans>Save the windows</Trans>
        </Button>
      </div>
    </section>
  );
}
