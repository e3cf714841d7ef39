import { plural } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from "react";
import type { SearchPage as Page } from "#contracts/search";
import { asProblem } from "../../shared/api/problem.ts";
import { useKeys } from "../../shared/keys/use-keys.ts";
import { Button } from "../../shared/ui/button.tsx";
import { EmptyState } from "../../shared/ui/empty-state.tsx";
import { Icon } from "../../shared/ui/icon.tsx";
import { Moment } from "../../shared/ui/moment.tsx";
import { ProblemNotice } from "../../shared/ui/problem-notice.tsx";
import { Skeleton } from "../../shared/ui/skeleton.tsx";
import { VisuallyHidden } from "../../shared/ui/visually-hidden.tsx";
import { HitRow, PersonRow } from "./hit-row.tsx";
import { HowToAsk } from "./how-to-ask.tsx";
import { QuickFilters } from "./quick-filters.tsx";
import css from "./search.module.css";
import { SearchField } from "./search-field.tsx";
import { searchQuery } from "./search-query.ts";
import { useAsked } from "./use-asked.ts";

/** Everything that may be read, by its words: the own box first, then people, then all of it, the newest first. */
export default function SearchPage() {
  const { t } = useLingui();
  const navigate = useNavigate();
  const { q = "" } = useSearch({ strict: false }) as { q?: string };
  const field = useRef<HTMLInputElement>(null);
  const found = useRef<HTMLDivElement>(null);
  const query = useInfiniteQuery(searchQuery(q));
  const { text, type, ask } = useAsked(
    q,
    (said) => void navigate({ to: ".", search: (said.trim() === "" ? {} : { q: said }) as never, replace: true }),
  );
  useEffect(() => field.current?.focus(), []);
  useKeys("screen", [
    {
      id: "search.open",
      keys: "/",
      label: t`Search`,
      group: t`Go to`,
      run: () => {
        field.current?.focus();
        field.current?.select();
      },
    },
  ]);

  const rows = () => [...(found.current?.querySelectorAll<HTMLElement>("[data-hit]") ?? [])];
  function step(event: KeyboardEvent): void {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    const all = rows();
    const at = all.indexOf(document.activeElement as HTMLElement);
    if (at < 0) return;
    event.preventDefault();
    if (at + by < 0) field.current?.focus();
    else all[at + by]?.focus();
  }

  const problem = query.error ? asProblem(query.error) : null;
  // What was asked wrongly is told at the field.
  const fault = problem?.code === "invalid-request" ? (problem.detail ?? null) : null;
  const pages = q.trim() === "" || problem ? [] : (query.data?.pages ?? []);
  return (
    <div className={css.page}>
      <VisuallyHidden>
        <h2>{t`Search`}</h2>
      </VisuallyHidden>
      <search className={css.ask}>
        <SearchField
          text={text}
          field={field}
          busy={query.isFetching}
          fault={fault}
          onType={type}
          onAsk={ask}
          onDown={() => rows()[0]?.focus()}
        />
        <p id="search-says" className={fault ? css.fault : css.quiet} role={fault ? "alert" : undefined}>
          {fault}
        </p>
        <QuickFilters q={text} onAsk={ask} />
      </search>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the links inside take the focus; the arrows only move it. */}
      <div ref={found} className={css.found} onKeyDown={step}>
        {q.trim() === "" ? (
          <HowToAsk onAsk={ask} />
        ) : problem && !fault ? (
          <ProblemNotice
            problem={problem}
            acts={<Button size="small" onClick={() => void query.refetch()}>{t`Try again`}</Button>}
          />
        ) : pages.length > 0 ? (
          <Found
            pages={pages}
            old={query.isPlaceholderData}
            more={query.hasNextPage ? () => void query.fetchNextPage() : null}
            busy={query.isFetchingNextPage}
          />
        ) : query.isFetching ? (
          <Skeleton shape="rows" count={6} />
        ) : null}
      </div>
    </div>
  );
}

type FoundProps = { pages: readonly Page[]; old: boolean; more: (() => void) | null; busy: boolean };

function Found({ pages, old, more, busy }: FoundProps) {
  const { t } = useLingui();
  const [first, last] = [pages[0]!, pages.at(-1)!];
  const items = pages.flatMap((page) => page.items);
  const total = items.length + first.own.length + first.people.length + (first.jump ? 1 : 0);
  return (
    <div className={old ? css.old : ""} aria-busy={old}>
      <VisuallyHidden>
        <span role="status">{old ? "" : t`${plural(total, { one: "# result", other: "# results" })}`}</span>
      </VisuallyHidden>
      {first.jump ? (
        <Part heading={t`By its number`}>
          <li>
            <Link to="/desk/$conversationId" params={{ conversationId: first.jump.id }} className={css.row} data-hit="">
              <Icon name="inbox" />
              <span className={css.face}>
                <span className={css.line}>
                  <bdi className={css.who}>{first.jump.customer}</bdi>
                  <span className={css.said}>{first.jump.subject}</span>
                  <span className="grow" />
                  <span className={css.end}>{first.jump.number}</span>
                </span>
              </span>
            </Link>
          </li>
        </Part>
      ) : null}
      {first.own.length > 0 ? (
        <Part heading={t`In your box`}>
          {first.own.map((hit) => (
            <li key={hit.messageId}>
              <HitRow hit={hit} />
            </li>
          ))}
        </Part>
      ) : null}
      {first.people.length > 0 ? (
        <Part heading={t`People`}>
          {first.people.map((person) => (
            <li key={person.id}>
              <PersonRow person={person} />
            </li>
          ))}
        </Part>
      ) : null}
      {items.length > 0 ? (
        <Part heading={first.own.length > 0 ? t`Everywhere else` : t`Everywhere`}>
          {items.map((hit) => (
            <li key={hit.messageId}>
              <HitRow hit={hit} />
            </li>
          ))}
        </Part>
      ) : null}
      {total === 0 && !more ? (
        <EmptyState title={t`Nothing answers to that`}>
          {t`Only what you may read is searched. Try fewer words, the beginning of one with a star, or leave a filter out.`}
        </EmptyState>
      ) : null}
      {more ? (
        <p className={css.more}>
          <Button onClick={more} disabled={busy}>
            {busy ? t`Looking further back …` : t`Look further back`}
          </Button>
          {last.lookedTo ? (
            <span className={css.quiet}>
              <Trans>
                looked as far as <Moment at={last.lookedTo} />
              </Trans>
            </span>
          ) : null}
        </p>
      ) : null}
    </div>
  );
}

function Part({ heading, children }: { heading: string; children: ReactNode }) {
  const id = useId();
  return (
    <section className={css.part} aria-labelledby={id}>
      <h3 id={id} className={css.heading}>
        {heading}
      </h3>
      <ul className={css.list}>{children}</ul>
    </section>
  );
}
