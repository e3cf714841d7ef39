import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { MacroBoard, MacroScope, MacroView, NewMacro } from "#contracts/macros";
import { unknownFields } from "#shared/macros";
import { api } from "../../shared/api/api.ts";
import { useCommand } from "../../shared/api/use-command.ts";
import { Button } from "../../shared/ui/button.tsx";
import { Card } from "../../shared/ui/card.tsx";
import { Select, TextField } from "../../shared/ui/field.tsx";
import { ProblemNotice } from "../../shared/ui/problem-notice.tsx";
import { toasts } from "../../shared/ui/toast.tsx";
import { isLocale } from "./lines.ts";
import { MacroActField } from "./macro-act-field.tsx";
import { MacroTexts } from "./macro-texts.tsx";
import css from "./voice-page.module.css";

type FormProps = {
  board: MacroBoard;
  /** Null: a new one. */
  macro: MacroView | null;
  onSaved: (id: string) => void;
  onClose: () => void;
};
type Saved = { id: string; version: number };

/** One macro: written, or read where it is not one's to change. */
export function MacroForm({ board, macro, onSaved, onClose }: FormProps) {
  const { t } = useLingui();
  const [said, setSaid] = useState<NewMacro>(() => macro ?? emptyMacro(board));
  const put = (part: Partial<NewMacro>) => setSaid({ ...said, ...part });
  const fixed = macro !== null && !macro.mayChange;
  const invalidates = () => [["macros"]];
  const save = useCommand<NewMacro, Saved>({
    run: ({ name, scope, brandId, audience, act, ...rest }, commandId) => {
      const texts = rest.texts.filter((one) => one.text.trim() !== "");
      const body = { name, brandId, audience, texts, act };
      return macro
        ? api.put(`/api/macros/${macro.id}`, body, { commandId, expectedVersion: macro.version })
        : api.post("/api/macros", { ...body, scope }, { commandId });
    },
    invalidates,
    onDone: ({ id }) => {
      toasts.add({ text: t`The macro ::${said.name} is saved.` });
      onSaved(id);
    },
  });
  const drop = useCommand<string>({
    run: (id, commandId) => api.delete(`/api/macros/${id}`, { commandId }),
    invalidates,
    onDone: () => {
      toasts.add({ text: t`The macro is deleted.` });
      onClose();
    },
  });
  const written = said.texts.filter((one) => one.text.trim() !== "");
  const unknown = written.flatMap((one) => unknownFields(one.text))[0];
  const refused = !/^[\p{Ll}\p{Lo}\p{N}][\p{Ll}\p{Lo}\p{M}\p{N}_-]{1,39}$/u.test(said.name)
    ? t`Give it a name of small letters, digits and dashes, at least two.`
    : written.length === 0 && !said.act
      ? t`Write a text, or choose what it does.`
      : written.some((one) => !isLocale(one.locale))
        ? t`A language is missing: write it like en or de-AT.`
        : unknown !== undefined
          ? t`There is no field ${unknown}.`
          : null;
  const problem = save.problem ?? drop.problem;
  return (
    <Card
      title={macro ? `::${macro.name}` : t`New macro`}
      aside={macro ? <span className="small mid num">{t`Version ${macro.version}`}</span> : null}
      acts={<Button look="bare" size="small" icon="close" iconOnly aria-label={t`Close`} onClick={onClose} />}
    >
      <fieldset className={css.macroForm} disabled={fixed} aria-label={t`Macro`}>
        {fixed ? <p className="small mid">{t`You can use it, and not change it.`}</p> : null}
        <div className={css.two}>
          <TextField
            label={t`Name`}
            hint={t`Typed as ::name`}
            value={said.name}
            maxLength={40}
            onChange={(event) => put({ name: event.target.value.toLowerCase() })}
          />
          <Select
            label={t`Whose it is`}
            value={keyOf(said.scope)}
            disabled={macro !== null}
            options={scopesFor(board, macro).map((scope) => ({ value: keyOf(scope), label: labelOf(scope) }))}
            onChange={(key) =>
              put({ scope: scopesFor(board, macro).find((one) => keyOf(one) === key) ?? { kind: "own" } })
            }
          />
          <Select
            label={t`Brand`}
            value={said.brandId ?? ""}
            options={[
              { value: "", label: t`Every brand` },
              ...board.brands.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            onChange={(id) => put({ brandId: id === "" ? null : id })}
          />
          <Select
            label={t`Where it can be used`}
            value={said.audience}
            options={[
              { value: "any", label: t`Everywhere` },
              { value: "public", label: t`Public replies` },
              { value: "private", label: t`Private replies` },
              { value: "note", label: t`Notes` },
            ]}
            onChange={(audience) => put({ audience })}
          />
        </div>
        <MacroTexts texts={said.texts} onChange={(texts) => put({ texts })} />
        <MacroActField act={said.act} board={board} onChange={(act) => put({ act })} />
        {problem ? <ProblemNotice problem={problem} /> : null}
        {fixed ? null : (
          <div className={css.saveRow}>
            {macro ? (
              <Button look="bare" busy={drop.busy} onClick={() => drop.send(macro.id)}>
                {t`Delete the macro`}
              </Button>
            ) : null}
            <span className="grow" />
            <Button look="primary" busy={save.busy} refused={refused} onClick={() => save.send(said)}>
              {t`Save the macro`}
            </Button>
          </div>
        )}
      </fieldset>
    </Card>
  );

  function labelOf(scope: MacroScope): string {
    if (scope.kind === "own") return t`Mine alone`;
    if (scope.kind === "account") return t`Everybody`;
    return board.teams.find((team) => team.id === scope.teamId)?.name ?? t`Team`;
  }
}

const keyOf = (scope: MacroScope): string => (scope.kind === "team" ? scope.teamId : scope.kind);
const emptyMacro = ({ brands }: MacroBoard): NewMacro => ({
  ...{ name: "", scope: { kind: "own" }, brandId: null, audience: "any", act: null },
  texts: [{ locale: brands[0]?.locale ?? "en", text: "" }],
});

/** Whose a macro of the asker's can be; one that is there stays whose it is. */
function scopesFor(board: MacroBoard, macro: MacroView | null): MacroScope[] {
  if (macro) return [macro.scope];
  const teams = board.teams.filter((team) => team.mayChange);
  return [
    { kind: "own" },
    ...teams.map(({ id }): MacroScope => ({ kind: "team", teamId: id })),
    ...(board.mayChangeAccount ? [{ kind: "account" } as const] : []),
  ];
}
