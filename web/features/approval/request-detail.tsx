import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { useRef, useState } from "react";
import type { ApprovalView } from "#contracts/approval";
import { useKeys } from "../../shared/keys/use-keys.ts";
import { Comma } from "../../shared/text/comma.tsx";
import { useLists } from "../../shared/text/use-lists.ts";
import { useTimeWords } from "../../shared/time/format.ts";
import { Banner } from "../../shared/ui/banner.tsx";
import { Button } from "../../shared/ui/button.tsx";
import { TextArea } from "../../shared/ui/field.tsx";
import { Icon } from "../../shared/ui/icon.tsx";
import { Moment } from "../../shared/ui/moment.tsx";
import { ProblemNotice } from "../../shared/ui/problem-notice.tsx";
import css from "./approval.module.css";
import { ChangedWords } from "./changed-words.tsx";
import { useApprovalActs } from "./use-approval-acts.ts";
import { useApprovalWords } from "./use-approval-words.ts";

type Doing = "reading" | "editing" | "returning" | "commenting";

/** One reply: what it answers, its words, why it waits, and what can be done with it. */
export function RequestDetail({ of }: { of: ApprovalView }) {
  const { t } = useLingui();
  const { points } = useLists();
  const words = useApprovalWords();
  const time = useTimeWords();
  const acts = useApprovalActs(of);
  const [doing, setDoing] = useState<Doing>("reading");
  const [text, setText] = useState(of.text);
  const [says, setSays] = useState("");
  const box = useRef<HTMLDivElement>(null);
  const open = of.state === "waiting";
  const stale = of.staleAt !== null;
  const may = open && of.mayDecide;
  const refused = stale ? t`Confirm first that the text still fits.` : null;

  function begin(next: Doing): void {
    acts.clear();
    if (next === "editing") setText(of.text);
    setDoing(next);
    requestAnimationFrame(() => box.current?.querySelector("textarea")?.focus());
  }
  function pass(): void {
    if (!may || stale || acts.busy) return;
    const changed = doing === "editing" && text.trimEnd() !== of.text;
    done(acts.pass.sendAsync({ ...acts.on, text: changed ? text.trimEnd() : null }));
  }
  function send(): void {
    if (acts.busy) return;
    if (doing === "returning" && says.trim()) done(acts.back.sendAsync({ ...acts.on, reason: says.trim() }));
    else if (doing === "commenting" && says.trim()) done(acts.word.sendAsync({ id: of.id, says: says.trim() }));
    else if (doing === "editing") pass();
  }
  /** What was written stays until it is taken. */
  function done(sent: Promise<unknown>): void {
    void sent.then(
      () => {
        setDoing("reading");
        setSays("");
      },
      () => undefined,
    );
  }
  const group = t`Approval`;
  useKeys("screen", [
    { id: "approval.pass", keys: "a", label: t`Pass it`, group, disabled: !may || stale, run: pass },
    {
      id: "approval.edit",
      keys: "i",
      label: t`Change it and pass it`,
      group,
      disabled: !may,
      run: () => begin("editing"),
    },
    {
      id: "approval.return",
      keys: "x",
      label: t`Give it back with a reason`,
      group,
      disabled: !may,
      run: () => begin("returning"),
    },
    {
      id: "approval.send",
      keys: "mod+enter",
      label: t`Do it`,
      group,
      inText: true,
      disabled: doing === "reading",
      run: send,
    },
    {
      ...{ id: "approval.leave", keys: "escape", label: t`Leave it as it was`, group, inText: true },
      ...{ disabled: doing === "reading", run: () => setDoing("reading") },
    },
  ]);
  return (
    <article className={css.detail} aria-label={t`Reply of ${of.author.name}`} ref={box}>
      <header className={css.head}>
        <Link to="/desk/$conversationId" params={{ conversationId: of.conversation.id }}>
          {of.conversation.number}
        </Link>
        <span className="clip grow">{of.conversation.subject}</span>
        <span className="small mid num">
          <Moment at={of.askedAt} />
        </span>
      </header>
      {of.answers ? (
        <blockquote className={css.asked}>
          <p className="small mid">
            <bdi>{of.answers.author}</bdi>
            <Comma />
            <Moment at={of.answers.at} />
          </p>
          <p className={css.words}>
            <bdi>{of.answers.text}</bdi>
          </p>
        </blockquote>
      ) : null}
      <section className={`${css.reply} ${of.audience === "public" ? css.public : css.private}`}>
        <p className={css.band}>
          <Icon name={of.audience === "public" ? "globe" : "lock"} />
          <b>{words.audience(of.audience)}</b>
          <span className="small mid">{t`in the name of ${of.author.name}`}</span>
        </p>
        {doing === "editing" ? (
          <TextArea
            label={t`The reply`}
            labelHidden
            rows={6}
            maxLength={20_000}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        ) : (
          <p className={css.words}>
            <bdi>
              <ChangedWords before={of.firstText} after={of.text} />
            </bdi>
          </p>
        )}
        {of.files.length > 0 ? (
          <ul className="small">
            {of.files.map((file) => (
              <li key={file.id}>
                <a href={file.url} target="_blank" rel="noreferrer">
                  {file.name}
                </a>{" "}
                {file.alt}
              </li>
            ))}
          </ul>
        ) : null}
      </section>
      <p className={css.why}>
        <Icon name="shield" size="small" />
        <span>{points(of.because.map((one) => one.text))}</span>
      </p>
      {open ? (
        <p className="small mid">
          {of.tiers > 1 ? t`Look ${of.tier} of ${of.tiers}. ` : null}
          <Trans>With {words.names(of)}.</Trans>{" "}
          {of.dueAt ? t`Others are asked at ${time.time(of.dueAt)}. Silence never publishes it.` : null}
        </p>
      ) : null}
      {open && stale ? (
        <Banner
          look="soon"
          announce="polite"
          title={t`Something was said after this was written.`}
          acts={
            may || of.mine ? (
              <Button
                size="small"
                busy={acts.sure.busy}
                onClick={() => acts.sure.send(acts.on)}
              >{t`It still fits`}</Button>
            ) : null
          }
        >
          <Trans>Read the conversation first.</Trans>
        </Banner>
      ) : null}
      {acts.problem ? <ProblemNotice problem={acts.problem} safe={t`Nothing has left.`} /> : null}
      {doing === "returning" || doing === "commenting" ? (
        <TextArea
          label={doing === "returning" ? t`What should be different` : t`Your word`}
          hint={doing === "returning" ? t`${of.author.name} gets the text back as a draft, with this.` : null}
          rows={3}
          maxLength={1_000}
          value={says}
          onChange={(event) => setSays(event.target.value)}
        />
      ) : null}
      {open ? (
        <div className={css.acts}>
          {doing === "reading" ? (
            <>
              {may ? (
                <>
                  <Button
                    look="primary"
                    keys="a"
                    busy={acts.pass.busy}
                    refused={refused}
                    onClick={pass}
                  >{t`Pass it`}</Button>
                  <Button keys="i" onClick={() => begin("editing")}>{t`Change it`}</Button>
                  <Button keys="x" onClick={() => begin("returning")}>{t`Give it back`}</Button>
                </>
              ) : null}
              {of.mine ? (
                <Button busy={acts.take.busy} onClick={() => acts.take.send(acts.on)}>{t`Take it back`}</Button>
              ) : null}
              {may || of.mine ? (
                <Button look="bare" onClick={() => begin("commenting")}>{t`Say something`}</Button>
              ) : null}
            </>
          ) : (
            <>
              <Button onClick={() => setDoing("reading")}>{t`Leave it`}</Button>
              <Button
                look="primary"
                keys="mod+enter"
                busy={acts.busy}
                refused={doing === "editing" ? refused : says.trim() === "" ? t`Say what first.` : null}
                onClick={send}
              >
                {doing === "editing" ? t`Pass it like this` : doing === "returning" ? t`Give it back` : t`Say it`}
              </Button>
            </>
          )}
        </div>
      ) : null}
      <ol className={css.steps} aria-label={t`What happened`}>
        {of.steps.map((step, place) => (
          <li key={place}>
            <Moment at={step.at} />
            <span>
              {step.who ? `${step.who} ` : ""}
              {words.act(step.act)}
              {step.says && step.act !== "asked-on" ? <bdi>: {step.says}</bdi> : null}
            </span>
          </li>
        ))}
      </ol>
    </article>
  );
}
