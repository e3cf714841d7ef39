import { Trans, useLingui } from "@lingui/react/macro";
import { type FormEvent, useState } from "react";
import type { StopSwitch } from "../../shared/api/channels-query.ts";
import { useCommand } from "../../shared/api/use-command.ts";
import { mayDo, useSession } from "../../shared/session/session.ts";
import { Banner } from "../../shared/ui/banner.tsx";
import { Button } from "../../shared/ui/button.tsx";
import { Card } from "../../shared/ui/card.tsx";
import { Select, TextField } from "../../shared/ui/field.tsx";
import { Moment } from "../../shared/ui/moment.tsx";
import { ProblemNotice } from "../../shared/ui/problem-notice.tsx";
import { toasts } from "../../shared/ui/toast.tsx";
import css from "./channels-page.module.css";
import { type Brand, setStop } from "./channels-query.ts";

/** Whether this session may stop or release all (null) or one brand. */
function useMayStop(): (brandId: string | null) => boolean {
  const session = useSession();
  return (brandId) =>
    session.grants.some((grant) => grant.verb === "outbound.stop" && grant.scope === "account") ||
    (brandId !== null && mayDo(session, "outbound.stop", brandId));
}

/** Stands as long as something is stopped: what, since when, why, and the way back. */
export function StoppedBanners({ stopped, brands }: { stopped: readonly StopSwitch[]; brands: readonly Brand[] }) {
  const { t } = useLingui();
  const may = useMayStop();
  const release = useCommand({
    run: setStop,
    invalidates: () => [["channels"]],
    onDone: () => toasts.add({ text: t`It goes out again. What waited is sent now, unless its time is over.` }),
  });

  return (
    <>
      {stopped.map((stop) => {
        const brand = brands.find((one) => one.id === stop.brandId)?.name ?? t`one brand`;
        return (
          <Banner
            key={stop.brandId ?? "all"}
            look="late"
            announce="polite"
            title={stop.scope === "all" ? t`Nothing goes out.` : t`Nothing of ${brand} goes out.`}
            acts={
              may(stop.scope === "all" ? null : stop.brandId) ? (
                <Button
                  busy={release.busy}
                  onClick={() => release.send({ scope: stop.scope, brandId: stop.brandId, on: false, reason: "" })}
                >
                  <Trans>Let it go out again</Trans>
                </Button>
              ) : undefined
            }
          >
            <Trans>
              Stopped since <Moment at={stop.since} />. What agents send meanwhile is held, not lost.
            </Trans>{" "}
            {stop.crisis ? (
              <Trans>It is a crisis: private answers go, and in public what its spokesperson says.</Trans>
            ) : null}{" "}
            {stop.reason ? <Trans>Reason: {stop.reason}</Trans> : null}
          </Banner>
        );
      })}
      {release.problem ? <ProblemNotice problem={release.problem} /> : null}
    </>
  );
}

/** The switch that stops everything outbound, for all or for one brand, with the reason everybody will read. */
export function StopSwitchCard({ stopped, brands }: { stopped: readonly StopSwitch[]; brands: readonly Brand[] }) {
  const { t } = useLingui();
  const may = useMayStop();
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const isStopped = (brandId: string | null) => stopped.some((stop) => stop.brandId === brandId);
  const scopes = [
    ...(may(null) ? [{ value: "all", label: t`Everything that goes out` }] : []),
    ...brands
      .filter((brand) => may(brand.id) && !isStopped(brand.id))
      .map((brand) => ({ value: brand.id, label: t`What goes out for ${brand.name}` })),
  ];
  const [scope, setScope] = useState("");
  const chosen = scopes.some((one) => one.value === scope) ? scope : (scopes[0]?.value ?? "");
  const stop = useCommand({
    run: setStop,
    invalidates: () => [["channels"]],
    onDone: () => {
      setOpen(false);
      setReason("");
      setTried(false);
    },
  });
  // All is stopped already: a brand's own switch on top would only hide which one holds.
  if (scopes.length === 0 || isStopped(null)) return null;

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    setTried(true);
    if (reason.trim() === "" || stop.busy) return;
    const brandId = chosen === "all" ? null : chosen;
    stop.send({ scope: brandId === null ? "all" : "brand", brandId, on: true, reason: reason.trim() });
  }

  return (
    <Card
      title={t`Stop switch`}
      acts={
        <Button size="small" look={open ? "bare" : "quiet"} aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? t`Leave it` : t`Stop what goes out…`}
        </Button>
      }
    >
      <p className="small mid">
        <Trans>
          Holds every reply, public and private, until it is released. Nothing is lost and nothing is sent twice;
          hearing goes on.
        </Trans>
      </p>
      {open ? (
        <form className={css.stopForm} onSubmit={onSubmit} noValidate>
          {stop.problem ? <ProblemNotice problem={stop.problem} /> : null}
          <Select label={t`What to stop`} options={scopes} value={chosen} onChange={setScope} />
          <TextField
            label={t`Reason`}
            hint={t`Everybody at the desk reads it.`}
            maxLength={300}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
            fault={tried && reason.trim() === "" ? t`Say why, in a few words.` : undefined}
          />
          <Button type="submit" look="stop" busy={stop.busy}>
            <Trans>Stop now</Trans>
          </Button>
        </form>
      ) : null}
    </Card>
  );
}
