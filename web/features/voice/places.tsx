import { useLingui } from "@lingui/react/macro";
import type { BrandVoice } from "#contracts/voice";
import { Button } from "../../shared/ui/button.tsx";
import { Card } from "../../shared/ui/card.tsx";
import { TextArea, TextField } from "../../shared/ui/field.tsx";
import css from "./voice-page.module.css";

type Place = BrandVoice["places"][number];
type PlacesProps = { places: readonly Place[]; networks: readonly string[]; onChange: (places: Place[]) => void };

/** What is custom at single places of a network: shown beside the text when a post stands there. */
export function Places({ places, networks, onChange }: PlacesProps) {
  const { t } = useLingui();
  const put = (at: number, part: Partial<Place>) =>
    onChange(places.map((one, place) => (place === at ? { ...one, ...part } : one)));
  return (
    <Card title={t`Customs of places`}>
      <div className={css.grid}>
        <p className="small mid">
          {t`A board, a group, a subreddit with rules of its own. The card shows when the post's address holds the place.`}
        </p>
        {places.map((one, at) => (
          <div key={at} className={css.place}>
            <div className={css.two}>
              <TextField
                label={t`Network`}
                value={one.network}
                maxLength={40}
                onChange={(event) => put(at, { network: event.target.value.toLowerCase() })}
              />
              <TextField
                label={t`Place`}
                hint={t`Like r/perth`}
                value={one.place}
                maxLength={120}
                onChange={(event) => put(at, { place: event.target.value })}
              />
            </div>
            <TextArea
              label={t`What is custom there`}
              rows={2}
              maxLength={2_000}
              value={one.text}
              onChange={(event) => put(at, { text: event.target.value })}
            />
            <Button look="bare" size="small" onClick={() => onChange(places.filter((_, place) => place !== at))}>
              {t`Remove this place`}
            </Button>
          </div>
        ))}
        <div>
          <Button
            icon="plus"
            onClick={() => onChange([...places, { network: networks[0] ?? "", place: "", text: "" }])}
          >{t`Add a place`}</Button>
        </div>
      </div>
    </Card>
  );
}
