import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import type { CustomerView } from "#contracts/desk";
import { useKeyFor } from "../../shared/keys/use-keys.ts";
import { useTimeWords } from "../../shared/time/format.ts";
import { Avatar } from "../../shared/ui/avatar.tsx";
import { Button, buttonClass } from "../../shared/ui/button.tsx";
import { Chip } from "../../shared/ui/chip.tsx";
import { KeyHint } from "../../shared/ui/key-hint.tsx";
import { Moment } from "../../shared/ui/moment.tsx";
import css from "./customer-pane.module.css";
import { HandleName, NetworkMark } from "./handle-name.tsx";
import { TwelveMonths } from "./twelve-months.tsx";

// What is noted of a customer comes with the conversation; its forms are no part of the first desk.
const CustomerFacts = lazy(async () => ({ default: (await import("./facts/customer-facts.tsx")).CustomerFacts }));

// So is why we think that it is they.
const IdentitySection = lazy(async () => ({
  default: (await import("./identity/identity-section.tsx")).IdentitySection,
}));

// Who chats on the site is on one of its pages.
const VisitSection = lazy(async () => ({ default: (await import("./visit/visit-section.tsx")).VisitSection }));

type CustomerPaneProps = {
  customer: CustomerView;
  /** The conversation that is open, which is not listed among the others. */
  openId: string;
  onClose: () => void;
};

/** Who speaks, on which networks, how we know, and what was between us before. */
export function CustomerPane({ customer, openId, onClose }: CustomerPaneProps) {
  const { t } = useLingui();
  const words = useTimeWords();
  const hidden = customer.conversationsHidden;
  const others = customer.conversations.filter((one) => one.id !== openId);
  const handle = customer.handles[0];
  const name = customer.name || handle?.handle || "";
  const language = useLanguage(customer.language);
  const pageKey = useKeyFor("customer.page", "shift+i");
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Esc closes the pane from wherever the focus is in it.
    <div
      className={css.pane}
      data-customer
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        onClose();
      }}
    >
      <section className={css.who}>
        <div className="row">
          <Avatar name={name} size="large" />
          <div className="grow">
            <h2 className={css.name}>
              <bdi>{name}</bdi>
            </h2>
            <p className="small mute">
              {t`Known since ${words.date(customer.firstSeenAt)}`}
              {language ? <>. {language}</> : null}
            </p>
          </div>
          <Button
            className={css.close ?? ""}
            look="bare"
            iconOnly
            icon="close"
            aria-label={t`Close the customer`}
            onClick={onClose}
          />
        </div>
        {customer.conversations.length <= 1 && hidden === 0 ? (
          <p className={css.first}>
            <Chip>{t`First time we meet`}</Chip>
          </p>
        ) : null}
        {hidden === null ? null : (
          <p className={css.whole}>
            <Link
              to="/customers/$customerId"
              params={{ customerId: customer.id }}
              preload={false}
              className={buttonClass("quiet", "small")}
              aria-keyshortcuts={pageKey}
            >
              {t`All of this customer`}
              {pageKey ? <KeyHint keys={pageKey} /> : null}
            </Link>
          </p>
        )}
      </section>
      {customer.handles.some((one) => one.network === "webchat") ? (
        <Suspense fallback={null}>
          <VisitSection key={openId} conversationId={openId} />
        </Suspense>
      ) : null}
      {hidden === null ? (
        <Handles handles={customer.handles} />
      ) : (
        <Suspense fallback={<Handles handles={customer.handles} />}>
          <IdentitySection customerId={customer.id} level={2} plain={<Handles handles={customer.handles} />} />
        </Suspense>
      )}
      {customer.facts ? (
        <Suspense fallback={null}>
          <CustomerFacts
            customerId={customer.id}
            facts={customer.facts}
            influence={customer.influence}
            languages={customer.languages}
            mayWrite={customer.mayWrite}
          />
        </Suspense>
      ) : null}
      <section>
        <h2>
          {t`Earlier conversations`} <span className="mute num">{others.length}</span>
        </h2>
        {others.length === 0 && hidden === 0 ? <p className="small mid">{t`None before this one.`}</p> : null}
        {hidden === null ? <p className="small mid">{t`Your rights do not cover who this customer is.`}</p> : null}
        {hidden !== null && hidden > 0 ? (
          <p className="small mid">
            {t`${plural(hidden, { one: "# more lies where you may not read.", other: "# more lie where you may not read." })}`}
          </p>
        ) : null}
        <ul className={css.list}>
          {others.map((one) => (
            <li key={one.id} className={css.one}>
              <Link to="/desk/$conversationId" params={{ conversationId: one.id }} preload={false} className="clip">
                <bdi>{one.subject || one.number}</bdi>
              </Link>
              {one.state === "open" ? (
                <Chip look="info">{t`open`}</Chip>
              ) : one.outcome ? (
                <Chip>{one.outcome}</Chip>
              ) : null}
              <span className="mute num">
                <Moment at={one.lastAt} />
              </span>
            </li>
          ))}
        </ul>
      </section>
      {hidden === 0 ? (
        <section>
          <h2>{t`Twelve months`}</h2>
          <TwelveMonths months={customer.months} />
        </section>
      ) : null}
    </div>
  );
}

/** The handles alone: all there is to see without the right to know customers, and until the rest is here. */
function Handles({ handles }: Pick<CustomerView, "handles">) {
  const { t } = useLingui();
  return (
    <section>
      <h2>
        {t`Handles`} <span className="mute num">{handles.length}</span>
      </h2>
      {handles.length === 0 ? (
        <p className="small mid">{t`Nobody we know yet. A handle is joined to a person only with evidence.`}</p>
      ) : null}
      <ul>
        {handles.map((one) => (
          <Handle key={one.id} handle={one} />
        ))}
      </ul>
    </section>
  );
}

type HandleView = CustomerView["handles"][number];

function Handle({ handle }: { handle: HandleView }) {
  const { t } = useLingui();
  const { followers } = handle;
  return (
    <li className={css.handle}>
      <NetworkMark network={handle.network} />
      <HandleName handle={handle} />
      <span className={css.evidence}>
        {handle.evidence}
        {followers ? (
          <span className={`${css.followers} num`}>
            {t`${plural(followers, { one: "# follower", other: "# followers" })}`}
          </span>
        ) : null}
      </span>
    </li>
  );
}

/** "Welsh" for "cy". */
function useLanguage(tag: string | null): string | null {
  const { i18n } = useLingui();
  if (tag === null || tag === "und") return null;
  try {
    return new Intl.DisplayNames(i18n.locale, { type: "language" }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}
