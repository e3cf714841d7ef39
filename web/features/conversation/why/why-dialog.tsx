import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { OtherAgent, WhyRouted } from "#contracts/why-routed";
import { ServerWords } from "../../../shared/text/said/server-words.tsx";
import { Dialog } from "../../../shared/ui/dialog.tsx";
import { FetchFault } from "../../../shared/ui/fetched.tsx";
import { Moment } from "../../../shared/ui/moment.tsx";
import { Skeleton } from "../../../shared/ui/skeleton.tsx";
import css from "./why.module.css";
import { whyQuery } from "./why-query.ts";

type Why = NonNullable<WhyRouted["why"]>;

/** Why me, why now, why not them: how the work came here, what spoke against the others, and what comes next. */
export default function WhyDialog({ conversationId, onClose }: { conversationId: string; onClose: () => void }) {
  const { t } = useLingui();
  const asked = useQuery(whyQuery(conversationId));
  const why = asked.data?.why;
  const title = why?.choice?.mine ? t`Why me?` : t`Why is it there?`;
  return (
    <Dialog open onClose={onClose} title={title} width={560}>
      {asked.isError ? (
        <FetchFault query={asked} />
      ) : asked.data === undefined ? (
        <Skeleton shape="lines" count={6} />
      ) : why ? (
        <Told why={why} />
      ) : (
        <p className="mid">
          <Trans>No work is open here, so it is with nobody.</Trans>
        </p>
      )}
    </Dialog>
  );
}

function Told({ why }: { why: Why }) {
  const { t } = useLingui();
  const { choice, before, now, more, next, queue } = why;
  return (
    <div className={css.box}>
      {choice ? (
        <Part title={choice.mine ? t`Why you` : t`Why ${choice.agent}`} aside={<Moment at={choice.at} />}>
          {choice.reasons.map((reason) => (
            <li key={reason}>
              <ServerWords>{reason}</ServerWords>
            </li>
          ))}
          {choice.admitted !== null && choice.admitted > 1 ? (
            <li>
              <Plural value={choice.admitted} one="# could have had it then." other="# could have had it then." />
            </li>
          ) : null}
        </Part>
      ) : (
        <p>
          <Trans>It waits in {queue} for somebody who can take it.</Trans>
        </p>
      )}
      {choice && choice.others.length > 0 ? (
        <Part title={t`The next best of then`}>
          <Others others={choice.others} />
        </Part>
      ) : null}
      {now.length > 0 ? (
        <Part title={t`The others, as they stand now`}>
          <Others others={now} />
          {more > 0 ? (
            <li className="mid">
              <Plural value={more} one="And # more." other="And # more." />
            </li>
          ) : null}
        </Part>
      ) : null}
      {next.length > 0 ? (
        <Part title={t`What comes next`}>
          {next.map((one) => (
            <li key={`${one.at} ${one.text}`} className={css.line}>
              <Moment at={one.at} />
              <ServerWords>{one.text}</ServerWords>
            </li>
          ))}
        </Part>
      ) : null}
      {before.length > 0 ? (
        <Part title={t`Before that`}>
          {before.map((one) => (
            <li key={`${one.at} ${one.text}`} className={css.line}>
              <Moment at={one.at} />
              <ServerWords>{one.text}</ServerWords>
            </li>
          ))}
        </Part>
      ) : null}
    </div>
  );
}

function Part({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <section>
      <h3 className={css.title}>
        {title} {aside ? <span className="mid">{aside}</span> : null}
      </h3>
      <ul className={css.list}>{children}</ul>
    </section>
  );
}

function Others({ others }: { others: readonly OtherAgent[] }) {
  const { t } = useLingui();
  return others.map(({ name, code, text, at }, n) => (
    <li key={`${name} ${code} ${n}`}>
      <bdi className={css.name}>{name ?? t`Somebody`}</bdi> <ServerWords code={code}>{text}</ServerWords>
      {at ? (
        <>
          {" "}
          <Moment at={at} />
        </>
      ) : null}
    </li>
  ));
}
