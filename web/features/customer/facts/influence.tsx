import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import type { InfluencePart } from "#contracts/customer-facts";
import { Moment } from "../../../shared/ui/moment.tsx";
import { networkSign } from "../../../shared/ui/network-sign.ts";
import css from "./facts.module.css";
import { Section } from "./section.tsx";

/** What stands behind somebody's influence, part by part with its date; never one score. */
export function Influence({ parts, level }: { parts: readonly InfluencePart[]; level: 2 | 3 }) {
  const { t } = useLingui();
  if (parts.length === 0) return null;
  return (
    <Section level={level} title={t`Influence`} aside={t`its parts, no score`}>
      <dl className={css.facts}>
        {parts.map((one) => (
          <div key={`${one.part} ${one.network} ${one.handle}`} className={css.fact}>
            <dt>
              <PartName part={one} />
            </dt>
            <dd>
              <PartValue part={one} />
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}

function PartName({ part }: { part: InfluencePart }) {
  const { t } = useLingui();
  const network = part.network === null ? "" : networkSign(part.network).name;
  switch (part.part) {
    case "reach":
      return <>{t`Reach on ${network}`}</>;
    case "verified":
      return <>{t`Verified by ${network}`}</>;
    case "spoke-public":
      return <>{t`To us in public`}</>;
  }
}

function PartValue({ part }: { part: InfluencePart }) {
  const { t } = useLingui();
  const count = part.value ?? 0;
  switch (part.part) {
    case "reach":
      return (
        <span>
          <span className="num">{t`${plural(count, { one: "# follower", other: "# followers" })}`}</span>
          {part.at ? (
            <span className="micro mute">
              {" "}
              {t`seen`} <Moment at={part.at} />
            </span>
          ) : null}
        </span>
      );
    case "verified":
      return <bdi>{part.handle}</bdi>;
    case "spoke-public":
      return (
        <span>
          <span className="num">{t`${plural(count, { one: "# message in a year", other: "# messages in a year" })}`}</span>
          {part.at ? (
            <span className="micro mute">
              {" "}
              {t`last heard`} <Moment at={part.at} />
            </span>
          ) : null}
        </span>
      );
  }
}
