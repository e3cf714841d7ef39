import { useLingui } from "@lingui/react/macro";
import { Button } from "../../shared/ui/button.tsx";
import { Icon } from "../../shared/ui/icon.tsx";
import { Menu } from "../../shared/ui/menu.tsx";
import css from "./composer.module.css";
import { ClosesIn } from "./composer-foot.tsx";
import { AUDIENCE_ICON } from "./composer-tabs.tsx";
import type { Audience } from "./draft-merge.ts";
import { usePlaceEntries } from "./use-place-entries.ts";
import type { useTakePrivate } from "./use-take-private.ts";

type Take = ReturnType<typeof useTakePrivate>;
type BandProps = {
  id: string;
  audience: Audience;
  /** Nothing can be written for this audience now. */
  shut: boolean;
  says: string;
  rest: string;
  privateOpen: boolean;
  /** Where the customer can be invited to, best first. */
  places: Take["places"];
  /** Null: it needs no taking, or there is nobody who could. */
  onTake: (() => void) | null;
  takePrivate: () => void;
  onInvite: Take["invite"];
  onPrivate: () => void;
  onCall: () => void;
  windowUntil: string | null;
};

/** The band over the text: who can read it, in words, and the ways across that line. */
export function ComposerBand(props: BandProps) {
  const { id, audience, shut, says, rest, privateOpen, places, onTake, takePrivate, windowUntil } = props;
  const { t } = useLingui();
  const placeEntries = usePlaceEntries(places);
  const open = audience === "public" && !shut;
  return (
    <div className={css.band} id={id}>
      <Icon name={shut ? "warning" : AUDIENCE_ICON[audience]} />
      <b>{says}</b>
      <span className={`${css.rest} clip`}>{rest}</span>
      {onTake ? <Button size="small" look="primary" onClick={onTake}>{t`Take it`}</Button> : null}
      {open && (privateOpen || places.length > 0) ? (
        <button type="button" className={css.switch} onClick={takePrivate}>
          {t`Take it private`}
          <span className="no-phone">{t`, Alt V`}</span>
        </button>
      ) : null}
      {open && places.length > 0 ? (
        <Menu
          label={t`Where to invite them`}
          placement="top end"
          onAct={(act) => {
            const place = places.find((one) => one.destination === act);
            if (place) props.onInvite(place.destination);
            else if (act === "answer") props.onPrivate();
          }}
          groups={[
            { heading: t`Invite them to`, entries: placeEntries },
            ...(privateOpen ? [{ entries: [{ id: "answer", label: t`Answer in private now` }] }] : []),
          ]}
        >
          <button type="button" className={css.switchMore} aria-label={t`Where to invite them`}>
            <Icon name="down" />
          </button>
        </Menu>
      ) : null}
      {audience === "note" ? (
        <button type="button" className={css.switch} onClick={props.onCall}>
          {t`Write down a call`}
        </button>
      ) : null}
      {audience === "private" && !shut && windowUntil ? <ClosesIn until={windowUntil} /> : null}
    </div>
  );
}
