import { useLingui } from "@lingui/react/macro";
import type { VoiceOfConversation } from "#contracts/voice";
import { useEtiquette } from "./use-etiquette.ts";
import css from "./voice.module.css";

/** The brand's guide, and what is custom on this network and at this place. */
export function GuideCard({ network, voice }: { network: string; voice: VoiceOfConversation | null }) {
  const { t } = useLingui();
  const customs = useEtiquette(network);
  const guide = voice?.guide ?? null;
  return (
    <section className={css.guide} aria-label={t`How we speak here`}>
      {voice?.place?.text ? (
        <div>
          <h3>
            <bdi>{voice.place.name}</bdi>
          </h3>
          <p dir="auto">{voice.place.text}</p>
        </div>
      ) : null}
      {customs ? (
        <div>
          <h3>{t`Custom on this network`}</h3>
          <ul>
            {customs.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        </div>
      ) : null}
      {guide ? (
        <div lang={guide.locale}>
          <h3 lang="">{t`Our voice`}</h3>
          {guide.about ? <p dir="auto">{guide.about}</p> : null}
          <Points mark="✓" label={t`Do`} points={guide.do} />
          <Points mark="✗" label={t`Do not`} points={guide.dont} />
          {guide.examples.length > 0 ? (
            <dl className={css.examples}>
              {guide.examples.map((one) => (
                <div key={`${one.instead} ${one.say}`}>
                  {one.instead ? <dt dir="auto">{one.instead}</dt> : null}
                  <dd dir="auto">{one.say}</dd>
                </div>
              ))}
            </dl>
          ) : null}
        </div>
      ) : voice ? (
        <p className="mid">{t`The brand has no voice guide yet. It is written under Voice.`}</p>
      ) : null}
    </section>
  );
}

function Points({ mark, label, points }: { mark: string; label: string; points: readonly string[] }) {
  if (points.length === 0) return null;
  return (
    <ul className={css.points} aria-label={label}>
      {points.map((one) => (
        <li key={one} dir="auto">
          <span aria-hidden="true">{mark}</span> {one}
        </li>
      ))}
    </ul>
  );
}
