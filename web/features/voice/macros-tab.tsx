import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { MacroBoard, MacroView } from "#contracts/macros";
import { macrosQuery } from "../../shared/api/macros-query.ts";
import { Button } from "../../shared/ui/button.tsx";
import { Card } from "../../shared/ui/card.tsx";
import { EmptyState } from "../../shared/ui/empty-state.tsx";
import { Fetched } from "../../shared/ui/fetched.tsx";
import { MacroForm } from "./macro-form.tsx";
import css from "./voice-page.module.css";

/** Texts and acts that agents use again: those of everybody, of teams, and one's own. */
export default function MacrosTab() {
  const { t } = useLingui();
  return (
    <>
      <p className="small mid">
        {t`Words you write often. At the text, Alt M finds them, and ::name and a space puts them in. What is said again and again sounds canned: change a sentence before it goes out.`}
      </p>
      <Fetched query={useQuery(macrosQuery)}>{(board) => <Macros board={board} />}</Fetched>
    </>
  );
}

function Macros({ board }: { board: MacroBoard }) {
  const { t } = useLingui();
  const [chosen, setChosen] = useState<string | null>(null);
  const macro = board.macros.find((one) => one.id === chosen) ?? null;
  const add = (
    <Button icon="plus" size="small" onClick={() => setChosen("new")}>
      {t`New macro`}
    </Button>
  );
  return (
    <div className={css.macros}>
      <Card title={t`Macros`} acts={add} flush>
        {board.macros.length === 0 ? (
          <EmptyState title={t`There is no macro yet`}>{t`Write one for what you are asked every day.`}</EmptyState>
        ) : (
          <ul className={css.macroList}>
            {board.macros.map((one) => (
              <li key={one.id}>
                <button
                  type="button"
                  className={css.macro}
                  aria-current={one.id === chosen ? "true" : undefined}
                  onClick={() => setChosen(one.id)}
                >
                  <b>::{one.name}</b>
                  <Whose macro={one} board={board} />
                  <span className={`${css.macroWords} clip`} dir="auto">
                    {one.texts[0]?.text ?? "—"}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        )}
      </Card>
      {macro || chosen === "new" ? (
        <MacroForm
          key={`${chosen} ${macro?.version}`}
          board={board}
          macro={macro}
          onSaved={setChosen}
          onClose={() => setChosen(null)}
        />
      ) : null}
    </div>
  );
}

function Whose({ macro: { scope }, board }: { macro: MacroView; board: MacroBoard }) {
  const { t } = useLingui();
  const words =
    scope.kind === "own"
      ? t`Mine`
      : scope.kind === "account"
        ? t`Everybody`
        : (board.teams.find((team) => team.id === scope.teamId)?.name ?? t`Team`);
  return <span className="small mid">{words}</span>;
}
