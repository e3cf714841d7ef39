import { Trans, useLingui } from "@lingui/react/macro";
import { lazy, Suspense, useState } from "react";
import type { BrandVoice, BrandVoices } from "#contracts/voice";
import { useCommand } from "../../shared/api/use-command.ts";
import { Button } from "../../shared/ui/button.tsx";
import { Card } from "../../shared/ui/card.tsx";
import { DraftNotice } from "../../shared/ui/draft-notice.tsx";
import { Select } from "../../shared/ui/field.tsx";
import { toasts } from "../../shared/ui/toast.tsx";
import { GuideForm } from "./guide-form.tsx";
import { cleaned, emptyGuide, isLocale } from "./lines.ts";
import { Places } from "./places.tsx";
import { Signatures } from "./signatures.tsx";
import css from "./voice-page.module.css";
import { saveVoice } from "./voice-query.ts";

const TryIt = lazy(() => import("./try-it.tsx"));

type BrandView = BrandVoices["brands"][number];

/** One brand's voice, changed as a draft and saved as a new version. */
export function BrandForm({ view, networks }: { view: BrandView; networks: readonly string[] }) {
  const { t } = useLingui();
  const [draft, setDraft] = useState<{ voice: BrandVoice; base: number } | null>(null);
  const voice = draft?.voice ?? view.voice;
  const change = (part: Partial<BrandVoice>) =>
    setDraft({ voice: { ...voice, ...part }, base: draft?.base ?? view.version });
  const save = useCommand({
    run: saveVoice,
    invalidates: () => [["settings", "voices"], ["voice"], ["conversation"]],
    onDone: () => {
      setDraft(null);
      toasts.add({ text: t`The voice of ${view.brand.name} is saved.` });
    },
  });
  const overtaken = draft !== null && draft.base !== view.version;
  const wrong = voice.guides.find((one) => !isLocale(one.locale));
  const twice = voice.guides.some((one, at) => voice.guides.findIndex((g) => g.locale === one.locale) !== at);
  const refused = wrong
    ? t`A language is missing: write it like en or de-AT.`
    : twice
      ? t`A language stands there twice.`
      : null;
  return (
    <>
      <div className={css.columns}>
        <div className={css.main}>
          {voice.guides.map((guide, at) => (
            <GuideForm
              key={at}
              guide={guide}
              onChange={(next) => change({ guides: voice.guides.with(at, next) })}
              onRemove={() => change({ guides: voice.guides.filter((_, place) => place !== at) })}
            />
          ))}
          <div>
            <Button
              icon="plus"
              onClick={() =>
                change({ guides: [...voice.guides, emptyGuide(voice.guides.length === 0 ? view.brand.locale : "")] })
              }
            >
              {voice.guides.length === 0 ? t`Write a voice guide` : t`Add a language`}
            </Button>
          </div>
          <Places places={voice.places} networks={networks} onChange={(places) => change({ places })} />
        </div>
        <aside className={css.side} aria-label={t`Rules and trial`}>
          <Signatures
            brand={view.brand}
            networks={networks}
            signatures={voice.signatures}
            onChange={(signatures) => change({ signatures })}
          />
          <Card title={t`What holds a reply`}>
            <p className="small mid">
              <Trans>A public reply that tells something of the customer, or has an open field, is held.</Trans>
            </p>
            <Select
              label={t`May it leave all the same?`}
              value={voice.pass}
              options={[
                { value: "with-reason", label: t`Yes, with a reason that is kept` },
                { value: "never", label: t`No, it has to be changed` },
              ]}
              onChange={(pass) => change({ pass })}
            />
          </Card>
          <Suspense fallback={null}>
            <TryIt avoid={voice.guides.flatMap((one) => one.avoid)} />
          </Suspense>
        </aside>
      </div>
      {draft ? (
        <section className={css.save} aria-label={t`Save the voice`}>
          <DraftNotice
            overtaken={overtaken ? t`Somebody saved another version meanwhile.` : null}
            onDrop={() => setDraft(null)}
            onKeep={() => setDraft({ ...draft, base: view.version })}
            problem={save.problem}
          />
          <div className={css.saveRow}>
            <span className="grow small mid num">
              {view.version === 0 ? t`Nothing was saved before.` : t`Version ${view.version} is in force.`}
            </span>
            <Button look="bare" onClick={() => setDraft(null)}>{t`Drop the changes`}</Button>
            <Button
              look="primary"
              busy={save.busy}
              refused={overtaken ? t`Decide above first.` : refused}
              onClick={() => save.send({ brandId: view.brand.id, voice: cleaned(draft.voice), base: draft.base })}
            >
              {t`Save the voice`}
            </Button>
          </div>
        </section>
      ) : null}
    </>
  );
}
