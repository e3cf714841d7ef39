import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { newId } from "../../shared/api/new-id.ts";
import { useCommand } from "../../shared/api/use-command.ts";
import { Button } from "../../shared/ui/button.tsx";
import { DraftNotice } from "../../shared/ui/draft-notice.tsx";
import { EmptyState } from "../../shared/ui/empty-state.tsx";
import { Fetched } from "../../shared/ui/fetched.tsx";
import { Select, TextField } from "../../shared/ui/field.tsx";
import { ProblemNotice } from "../../shared/ui/problem-notice.tsx";
import { toasts } from "../../shared/ui/toast.tsx";
import css from "./listening.module.css";
import { draftOfThing, faultsOfThings, MOST_THINGS, type ThingDraft, type ThingFault, thingOf } from "./thing-draft.ts";
import own from "./things.module.css";
import { lookBack, saveThings, type Things, thingsQuery } from "./things-query.ts";

type Brands = readonly { id: string; name: string }[];

/** The account's products and places: each message says which of them it names. */
export default function ThingsTab({ brands }: { brands: Brands }) {
  const query = useQuery(thingsQuery);
  return <Fetched query={query}>{(list) => <Editor list={list} brands={brands} />}</Fetched>;
}

function Editor({ list, brands }: { list: Things; brands: Brands }) {
  const { t } = useLingui();
  const [base, setBase] = useState(list);
  const [drafts, setDrafts] = useState(() => list.things.map(draftOfThing));
  const [tried, setTried] = useState(false);
  const [added, setAdded] = useState<string | null>(null);
  const take = (next: Things) => {
    setBase(next);
    setDrafts(next.things.map(draftOfThing));
    setTried(false);
  };
  const save = useCommand({
    run: saveThings,
    invalidates: () => [thingsQuery.queryKey, ["policy", "thing-names"]],
    onDone: (saved) => {
      take(saved);
      toasts.add({ text: t`Messages are looked through for this from now on.` });
    },
  });
  const again = useCommand({
    run: lookBack,
    onDone: ({ looked, named }) =>
      toasts.add({ text: t`Looked through ${looked} messages: ${named} name something of the list.` }),
  });
  const things = drafts.map(thingOf);
  const unchanged = JSON.stringify(things) === JSON.stringify(base.things);
  const faults = faultsOfThings(drafts);
  const refused = unchanged ? t`Nothing is changed yet.` : null;
  const set = (id: string, change: Partial<ThingDraft>) =>
    setDrafts((was) => was.map((one) => (one.id === id ? { ...one, ...change } : one)));
  function add(): void {
    const id = newId();
    setAdded(id);
    setDrafts((was) => [...was, { id, kind: was.at(-1)?.kind ?? "product", name: "", also: "", brandId: null }]);
  }
  function submit(event: FormEvent): void {
    event.preventDefault();
    setTried(true);
    if (refused === null && faults.size === 0 && !save.busy) save.send({ things, expectedVersion: base.version });
  }
  const addButton =
    base.canManage && drafts.length < MOST_THINGS ? (
      <Button icon="plus" onClick={add}>
        {t`Add a product or place`}
      </Button>
    ) : null;
  return (
    <form className={css.stack} onSubmit={submit} noValidate>
      <p className="mid">
        {t`Each message says which of these it names. Rules of the policy and the filter of the work list can ask for them.`}
      </p>
      {again.problem ? <ProblemNotice problem={again.problem} /> : null}
      {drafts.length === 0 ? (
        <EmptyState level={3} title={t`The list is empty`} act={addButton ?? undefined}>
          {t`Write down what you sell and where you are, with the names people use.`}
        </EmptyState>
      ) : (
        <ul className={own.list} aria-label={t`Products and places`}>
          {drafts.map((draft) => (
            <li key={draft.id}>
              <ThingRow
                draft={draft}
                brands={brands}
                mayChange={base.canManage}
                isNew={draft.id === added}
                fault={tried ? faults.get(draft.id) : undefined}
                onChange={(change) => set(draft.id, change)}
                onRemove={() => setDrafts((was) => was.filter((one) => one.id !== draft.id))}
              />
            </li>
          ))}
        </ul>
      )}
      {base.canManage ? (
        <>
          <DraftNotice
            overtaken={list.version > base.version ? t`Somebody else has changed this list.` : null}
            onDrop={() => take(list)}
            onKeep={() => setBase(list)}
            problem={save.problem}
          />
          <div className="row wrap">
            <Button type="submit" look="primary" busy={save.busy} refused={refused} title={refused ?? undefined}>
              {t`Save the list`}
            </Button>
            {drafts.length === 0 ? null : addButton}
            <span className="grow" />
            <Button
              busy={again.busy}
              refused={unchanged ? null : t`Save the list first.`}
              onClick={() => again.send(null)}
            >
              {t`Look through the newest 2,000 messages again`}
            </Button>
          </div>
          <p className="small mute">
            {t`${plural(drafts.length, { one: "# entry", other: "# entries" })}. A final * stands for any ending, “lamp*”; #tags and @handles work, too. Changes count for new messages.`}
          </p>
        </>
      ) : null}
    </form>
  );
}

type RowProps = {
  draft: ThingDraft;
  brands: Brands;
  mayChange: boolean;
  /** It was just added: the caret goes there. */
  isNew: boolean;
  fault: ThingFault | undefined;
  onChange: (change: Partial<ThingDraft>) => void;
  onRemove: () => void;
};

function ThingRow({ draft, brands, mayChange, isNew, fault, onChange, onRemove }: RowProps) {
  const { t } = useLingui();
  const name = draft.name.trim() || t`the new one`;
  const ofName: Partial<Record<ThingFault, string>> = {
    "no-name": t`Write a name.`,
    "long-name": t`At most 80 characters.`,
    twice: t`Another one is called so.`,
  };
  const ofAlso: Partial<Record<ThingFault, string>> = {
    "long-synonym": t`Each at most 80 characters.`,
    "many-synonyms": t`At most 30 names.`,
  };
  return (
    <fieldset
      className={own.row}
      data-brands={brands.length > 1 ? "many" : "one"}
      aria-label={name}
      disabled={!mayChange}
    >
      <TextField
        label={t`Name`}
        value={draft.name}
        maxLength={80}
        autoFocus={isNew}
        fault={fault && ofName[fault]}
        onChange={(event) => onChange({ name: event.target.value })}
      />
      <Select
        label={t`Kind`}
        value={draft.kind}
        disabled={!mayChange}
        options={[
          { value: "product", label: t`Product` },
          { value: "place", label: t`Place` },
        ]}
        onChange={(kind) => onChange({ kind })}
      />
      <div className={own.also}>
        <TextField
          label={t`Also called`}
          placeholder={t`parted by commas`}
          value={draft.also}
          fault={fault && ofAlso[fault]}
          onChange={(event) => onChange({ also: event.target.value })}
        />
      </div>
      {brands.length > 1 ? (
        <div className={own.brand}>
          <Select
            label={t`For`}
            value={draft.brandId ?? ""}
            disabled={!mayChange}
            options={[
              { value: "", label: t`All brands` },
              ...brands.map((brand) => ({ value: brand.id, label: brand.name })),
            ]}
            onChange={(id) => onChange({ brandId: id === "" ? null : id })}
          />
        </div>
      ) : null}
      {mayChange ? (
        <span className={own.remove}>
          <Button look="bare" icon="close" iconOnly aria-label={t`Remove: ${name}`} onClick={onRemove} />
        </span>
      ) : null}
    </fieldset>
  );
}
