import { useLingui } from "@lingui/react/macro";
import { lazy, Suspense, useState } from "react";
import type { ConversationView } from "#contracts/desk";
import { useMay } from "../../../shared/session/session.ts";
import { useNow } from "../../../shared/time/clock.ts";
import { Button } from "../../../shared/ui/button.tsx";
import { Icon } from "../../../shared/ui/icon.tsx";
import type { WithVersion } from "../use-with-version.ts";
import css from "./together.module.css";
import { type Named, useTogetherActs } from "./use-together-acts.ts";

const AskDialog = lazy(() => import("./ask-dialog.tsx"));
const HandDialog = lazy(() => import("./hand-dialog.tsx"));
const BarDialog = lazy(() => import("./bar-dialog.tsx"));

export type Asking = "guest" | "bar" | null;
type TogetherProps = {
  view: ConversationView;
  me: string;
  withVersion: WithVersion;
  asking: Asking;
  onClose: () => void;
};

/** Who works on it beside its owner, what interrupts it, who must not have it, and the time to write it up. */
export default function Together({ view, me, withVersion, asking, onClose }: TogetherProps) {
  const { t } = useLingui();
  const acts = useTogetherActs({ id: view.id, me, withVersion });
  const assigns = useMay("work.assign");
  const [handing, setHanding] = useState<Named | null>(null);
  const { work } = view;
  if (!work) return null;
  const mine = work.owner?.id === me;
  return (
    <>
      {work.state === "wrapup" ? <WrapUp work={work} mine={mine} acts={acts} /> : null}
      {work.held ? (
        <p className={css.line}>
          <Icon name="phone" size="small" />
          <span className="grow">{t`Held while the call lasts. It comes back by itself.`}</span>
        </p>
      ) : null}
      {work.guests.map((guest) => (
        <p key={guest.id} className={css.line}>
          <Icon name="people" size="small" />
          <span className="grow">
            {guest.id === me
              ? t`You were asked in. It stays with ${work.owner?.name ?? ""}.`
              : guest.kind === "consult"
                ? t`${guest.name} advises.`
                : t`${guest.name} is in the conference.`}
          </span>
          {mine || assigns ? (
            <Button
              size="small"
              busy={acts.handOver.busy}
              onClick={() => (guest.id === me ? acts.handOver.send({ ...guest, note: "" }) : setHanding(guest))}
            >
              {guest.id === me ? t`Take it over` : t`Hand it over`}
            </Button>
          ) : null}
          {guest.id === me || mine || assigns ? (
            <Button size="small" look="bare" busy={acts.dismiss.busy} onClick={() => acts.dismiss.send(guest)}>
              {guest.id === me ? t`Leave` : t`Let go`}
            </Button>
          ) : null}
        </p>
      ))}
      {work.barred.map((agent) => (
        <p key={agent.id} className={css.line}>
          <Icon name="shield" size="small" />
          <span className="grow">{t`${agent.name} is not to work on this.`}</span>
          {assigns && agent.id !== me ? (
            <Button size="small" look="bare" busy={acts.unbar.busy} onClick={() => acts.unbar.send(agent)}>
              {t`Let them again`}
            </Button>
          ) : null}
        </p>
      ))}
      <Suspense fallback={null}>
        {asking === "guest" ? (
          <AskDialog me={me} work={work} onClose={onClose} onAsk={(asked) => acts.ask.sendAsync(asked).then(onClose)} />
        ) : null}
        {handing ? (
          <HandDialog
            to={handing}
            onClose={() => setHanding(null)}
            onHand={(note) => acts.handOver.sendAsync({ ...handing, note }).then(() => setHanding(null))}
          />
        ) : null}
        {asking === "bar" ? (
          <BarDialog me={me} onClose={onClose} onBar={(asked) => acts.bar.sendAsync(asked).then(onClose)} />
        ) : null}
      </Suspense>
    </>
  );
}

type WrapUpProps = {
  work: NonNullable<ConversationView["work"]>;
  mine: boolean;
  acts: ReturnType<typeof useTogetherActs>;
};

/** Counts the seconds down; one press ends it, one takes as long again. */
function WrapUp({ work, mine, acts }: WrapUpProps) {
  const { t } = useLingui();
  const now = useNow("second");
  const left = work.wrapUntil === null ? 0 : Math.max(0, Math.ceil((Date.parse(work.wrapUntil) - now) / 1_000));
  return (
    <p className={css.line}>
      <Icon name="pen" size="small" />
      <span className="grow">
        {mine ? t`Done. Write it up: ${left} s left.` : t`Done. ${work.owner?.name ?? ""} writes it up.`}
      </span>
      {mine ? (
        <>
          <Button size="small" look="primary" busy={acts.wrapUp.busy} onClick={() => acts.wrapUp.send("finish")}>
            {t`Written up`}
          </Button>
          {work.wrapExtended ? null : (
            <Button size="small" look="bare" busy={acts.wrapUp.busy} onClick={() => acts.wrapUp.send("extend")}>
              {t`More time`}
            </Button>
          )}
        </>
      ) : null}
    </p>
  );
}
