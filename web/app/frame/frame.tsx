import { useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useEffect, useState } from "react";
import { Announcer } from "../../shared/ui/announcer.tsx";
import { Chip } from "../../shared/ui/chip.tsx";
import { SkipLink } from "../../shared/ui/skip-link.tsx";
import { ToastRegion } from "../../shared/ui/toast.tsx";
import type { Area } from "../areas.ts";
import { FindButton } from "./find-button.tsx";
import css from "./frame.module.css";
import { Rail } from "./rail.tsx";
import { BackSlot, TopBarSlot } from "./top-bar.tsx";

/** A channel in trouble, said in one line: "Instagram 6 min behind, catching up". */
export type ChannelTrouble = { id: string; text: string };

export type FrameProps = {
  areas: readonly Area[];
  current: Area | null;
  /** Own items that are late: at the desk's icon and in the tab's title. */
  late: number;
  /** Replies that wait for this agent's approval. */
  toPass: number;
  /** What wants to be seen by this agent. */
  forMe: number;
  demo: boolean;
  troubles: readonly ChannelTrouble[];
  presence?: ReactNode;
  account: ReactNode;
  /** Stands over everything while the line is down. */
  offline?: ReactNode;
  /** Opens the palette. */
  onFind: () => void;
  children: ReactNode;
};

/** Rail, top bar and the place for the page. Everything it shows is handed in. */
export function Frame({
  areas,
  current,
  late,
  toPass,
  forMe,
  demo,
  troubles,
  presence,
  account,
  offline,
  onFind,
  children,
}: FrameProps) {
  const { t, i18n } = useLingui();
  const [bar, setBar] = useState<HTMLElement | null>(null);
  const [back, setBack] = useState<HTMLElement | null>(null);
  const title = current ? i18n._(current.label) : t`Hubbub`;

  useEffect(() => {
    const count = late > 0 ? `(${late}) ` : "";
    document.title = current ? `${count}${title} · Hubbub` : `${count}Hubbub`;
  }, [late, title, current]);

  return (
    <div className={css.frame}>
      <SkipLink to="main">{t`Skip to the page`}</SkipLink>
      <Rail areas={areas} current={current} late={late} toPass={toPass} forMe={forMe} />
      <header className={css.top}>
        <span ref={setBack} className={css.back} />
        <h1 className={css.title}>{title}</h1>
        <FindButton onOpen={onFind} />
        <div ref={setBar} className={css.slot} />
        {troubles.map((trouble) => (
          <Link key={trouble.id} to="/channels" className={`${css.trouble} no-phone`}>
            <Chip look="soon" icon="warning">
              {trouble.text}
            </Chip>
          </Link>
        ))}
        {demo ? (
          <span className={`${css.demo} no-phone`}>
            <Chip look="dashed" title={t`A made-up company with made-up customers. Nothing leaves this machine.`}>
              {t`Demo`}
            </Chip>
          </span>
        ) : null}
        {presence}
        {account}
      </header>
      <div className={css.body}>
        {offline}
        <TopBarSlot.Provider value={bar}>
          <BackSlot.Provider value={back}>
            <main id="main" tabIndex={-1} className={css.main}>
              {children}
            </main>
          </BackSlot.Provider>
        </TopBarSlot.Provider>
      </div>
      <ToastRegion />
      <Announcer />
    </div>
  );
}
