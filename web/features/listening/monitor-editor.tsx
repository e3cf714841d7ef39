import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useDeferredValue, useEffect, useState } from "react";
import { asProblem } from "../../shared/api/problem.ts";
import { useCommand } from "../../shared/api/use-command.ts";
import { Button } from "../../shared/ui/button.tsx";
import { DraftNotice } from "../../shared/ui/draft-notice.tsx";
import { Checkbox, Select, TextField } from "../../shared/ui/field.tsx";
import { toasts } from "../../shared/ui/toast.tsx";
import css from "./listening.module.css";
import { bodyOf, draftOf, isSame, languagesOf, type MonitorDraft, newDraft } from "./monitor-draft.ts";
import { changeMonitor, type Monitor, makeMonitor, monitorsQuery, triedQuery } from "./monitors-query.ts";
import { PasteIn } from "./paste-in.tsx";
import { QueryField } from "./query-field.tsx";
import { Tried } from "./tried.tsx";
import { monitorColours, useColourWords } from "./use-colour-words.ts";

type EditorProps = {
  /** Null: a new one. */
  monitor: Monitor | null;
  brands: readonly { id: string; name: string }[];
  onDone: (monitor: Monitor) => void;
  onCancel: () => void;
};

/** So long nobody types, before the query is tried. */
const PAUSE = 350;

/** A monitor's query and what goes with it; the count beside it follows what is typed. */
export function MonitorEditor({ monitor, brands, onDone, onCancel }: EditorProps) {
  const { t } = useLingui();
  const colours = useColourWords();
  const [base, setBase] = useState(monitor);
  const [draft, setDraft] = useState<MonitorDraft>(monitor ? draftOf(monitor) : newDraft(null));
  const settled = useSettled(useDeferredValue(draft));
  const tried = useQuery({
    ...triedQuery({
      query: settled.query,
      accents: settled.accents,
      languages: languagesOf(settled).filter((code) => /^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/iu.test(code)),
      brandId: settled.brandId,
    }),
    enabled: settled.query.trim() !== "",
  });
  const save = useCommand<MonitorDraft, Monitor>({
    run: (wanted, commandId) =>
      base
        ? changeMonitor({ ...bodyOf(wanted), id: base.id, expectedVersion: base.version }, commandId)
        : makeMonitor(bodyOf(wanted), commandId),
    invalidates: () => [monitorsQuery.queryKey, ["monitors"]],
    onDone: (saved) => {
      toasts.add({ text: base ? t`The monitor listens for this from now on.` : t`The monitor listens.` });
      onDone(saved);
    },
  });
  const overtaken = base !== null && monitor !== null && monitor.version > base.version;
  const fault = settled.query === draft.query && draft.query.trim() !== "" ? (tried.data?.fault ?? null) : null;
  const set = <Key extends keyof MonitorDraft>(key: Key, value: MonitorDraft[Key]) =>
    setDraft((was) => ({ ...was, [key]: value }));
  const unchanged = base !== null && isSame(draftOf(base), draft);
  const refused =
    draft.name.trim() === ""
      ? t`Give it a name first.`
      : draft.query.trim() === ""
        ? t`Say what it listens for first.`
        : fault
          ? t`Mend the query first.`
          : unchanged
            ? t`Nothing is changed yet.`
            : null;
  function submit(event: FormEvent) {
    event.preventDefault();
    if (refused === null && !save.busy) save.send(draft);
  }
  return (
    <form className={css.editor} onSubmit={submit} aria-label={monitor ? t`Change the monitor` : t`New monitor`}>
      <TextField
        label={t`Name`}
        value={draft.name}
        maxLength={80}
        autoFocus={monitor === null}
        onChange={(event) => set("name", event.target.value)}
      />
      <QueryField query={draft.query} onChange={(query) => set("query", query)} fault={fault}>
        <PasteIn onTake={(query) => set("query", query)} />
      </QueryField>
      <Tried
        tried={draft.query.trim() === "" ? undefined : tried.data}
        stale={tried.isFetching || settled !== draft}
        problem={tried.error ? asProblem(tried.error) : null}
      />
      <div className={css.fields}>
        <Select
          label={t`For`}
          value={draft.brandId ?? ""}
          options={[
            { value: "", label: t`All brands` },
            ...brands.map((brand) => ({ value: brand.id, label: brand.name })),
          ]}
          onChange={(id) => set("brandId", id === "" ? null : id)}
        />
        <TextField
          label={t`Languages`}
          hint={t`Codes like en, de. Empty: any.`}
          value={draft.languages}
          onChange={(event) => set("languages", event.target.value)}
        />
        <Select
          label={t`Colour`}
          value={draft.colour}
          options={monitorColours.map((colour) => ({ value: colour, label: colours(colour) }))}
          onChange={(colour) => set("colour", colour)}
        />
        <TextField
          label={t`Group`}
          hint={t`A word to find it by.`}
          value={draft.tag}
          maxLength={40}
          onChange={(event) => set("tag", event.target.value)}
        />
      </div>
      <div className="row wrap">
        <Checkbox checked={draft.accents === "keep"} onChange={(keep) => set("accents", keep ? "keep" : "fold")}>
          {t`Accents count: “café” is not “cafe”`}
        </Checkbox>
      </div>
      <DraftNotice
        overtaken={overtaken ? t`Somebody else has changed this monitor.` : null}
        onDrop={() => {
          setBase(monitor);
          if (monitor) setDraft(draftOf(monitor));
        }}
        onKeep={() => setBase(monitor)}
        problem={save.problem}
      />
      <div className="row wrap">
        <Button type="submit" look="primary" busy={save.busy} refused={refused} title={refused ?? undefined}>
          {base ? t`Save` : t`Start to listen`}
        </Button>
        <Button onClick={onCancel}>{t`Cancel`}</Button>
      </div>
    </form>
  );
}

/** The value as it was when nobody had changed it for a moment. */
function useSettled<Value>(value: Value): Value {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
