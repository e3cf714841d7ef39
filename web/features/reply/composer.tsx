import { useLingui } from "@lingui/react/macro";
import { lazy, type ReactNode, Suspense, useId, useRef, useState } from "react";
import type { ConversationView } from "#contracts/desk";
import { useKeyFor, useKeys } from "../../shared/keys/use-keys.ts";
import { Comma } from "../../shared/text/comma.tsx";
import { sayServer } from "../../shared/text/said/known-phrases.ts";
import { presentMoment, useNow } from "../../shared/time/clock.ts";
import { announce } from "../../shared/ui/announcer.tsx";
import { Button, LinkButton } from "../../shared/ui/button.tsx";
import { ProblemNotice } from "../../shared/ui/problem-notice.tsx";
import { VisuallyHidden } from "../../shared/ui/visually-hidden.tsx";
import { checkReply, contextOf, doorway, showsTyping } from "./check-reply.ts";
import css from "./composer.module.css";
import { ComposerBand } from "./composer-band.tsx";
import { AnsweredAt, Foot } from "./composer-foot.tsx";
import { AUDIENCE_ICON, ComposerTabs, LOOK } from "./composer-tabs.tsx";
import type { Audience } from "./draft-merge.ts";
import { AttachButton } from "./files/attach-button.tsx";
import { dropOf, useNoFiles } from "./files/file-ways.ts";
import { useAttach } from "./files/use-attach.ts";
import { Hints, useHintWords } from "./hints.tsx";
import { wordsForLater } from "./later/words-for-later.ts";
import type { MacroThen } from "./macros/macro-slot.ts";
import { useMacros } from "./macros/use-macros.tsx";
import { SendWays } from "./send-ways.tsx";
import { TwoTexts } from "./two-texts.tsx";
import { useAudienceWords } from "./use-audience-words.ts";
import { type Composer as ComposerState, useWords } from "./use-composer.ts";
import { useCopies } from "./use-copies.tsx";
import type { useSend } from "./use-send.ts";
import { useTakePrivate } from "./use-take-private.ts";
import { allMarks, NOTHING_FOUND } from "./voice/found.ts";
import { useHeld } from "./voice/use-held.ts";
import { Writing } from "./writing.tsx";

const CallDialog = lazy(() => import("./call-dialog.tsx"));
const HandOffActs = lazy(() => import("./hand-off.tsx"));
const FileStrip = lazy(() => import("./files/file-strip.tsx"));
const SendLater = lazy(() => import("./later/send-later.tsx"));
const MentionLine = lazy(() => import("./mentions/mention-line.tsx"));
const MoveHints = lazy(() => import("./move-hints.tsx"));
const VoicePanel = lazy(() => import("./voice/voice-panel.tsx"));
const Typing = lazy(() => import("./typing.tsx"));

type ComposerProps = {
  view: ConversationView;
  me: string;
  composer: ComposerState;
  sender: ReturnType<typeof useSend>;
  /** The outcome that goes with send-and-resolve; null where there is no work to end. */
  resolveWith: { outcome: string; name: string } | null;
  version: number;
  /** Shown where the work has to be taken first. */
  onTake: (() => void) | null;
  /** The text was left by Esc or sent: where the focus goes. */
  onLeave: () => void;
  onShowAnswered: () => void;
  /** Sent together with its end: the next one may come. */
  onSentAndResolved: () => void;
  /** What a macro does besides; null where the work is not mine. */
  onThen: ((then: MacroThen) => void) | null;
  /** What somebody else changed meanwhile, over the text. */
  notice?: ReactNode;
};

/** Where agents write. Who can read it is said by hue, icon, words and edge, and no key crosses that line silently. */
export function Composer(props: ComposerProps) {
  const { view, me, sender, resolveWith, version, onTake, onLeave, onShowAnswered, onSentAndResolved, notice } = props;
  const composer = useWords(props.composer, view.id);
  const { t } = useLingui();
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  useNow("minute");
  const { audience, text, files, side, target } = composer;
  const door = side?.door ?? null;
  const facts = target ? { id: target.id, at: target.at, audience: target.mark.audience } : null;
  const mail = useCopies(view.id, composer, audience === "private" && door ? contextOf(door, facts, 0).copies : null);
  const check =
    audience !== "note" && door ? checkReply(text, audience, door, facts, presentMoment(), files, mail?.copies) : null;
  const say = useHintWords(check);
  const words = useAudienceWords(view, composer, mail?.copies.length);
  const privateOpen = doorway(view, "private", me).door !== null;
  const take = useTakePrivate(view, composer, () => field.current?.focus());
  const places = doorway(view, "public", me).door ? take.places : [];
  const up = useAttach(composer.keeper, view.id, files);
  const noFiles = useNoFiles(audience, check?.fileRules ?? null, side?.reason ?? null);
  const attach = (chosen: File[]) => (noFiles === null ? up.attach(chosen) : announce(noFiles, true));
  const [voice, setVoice] = useState(NOTHING_FOUND);
  const held = useHeld(voice, audience, text);
  const [calling, setCalling] = useState(false);
  const macros = useMacros({ view, composer, field, onThen: props.onThen });
  // The first place is the one the brand prefers; where nobody can be invited, private is answered at once or not at all.
  const takePrivate =
    places[0] && view.composer.first === "public" ? () => take.invite(places[0]!.destination) : () => choose("private");

  function choose(next: Audience, write = true): void {
    if (next !== audience) {
      composer.setAudience(next);
      announce(`${words[next].tab}. ${words[next].band}`);
    }
    sender.clear();
    // At once: the next key struck is the first letter.
    if (write) field.current?.focus();
  }

  function send(andResolve: boolean, anyway: string | null = null) {
    if (sender.busy) return;
    if (audience === "note") {
      if (text.trim() === "") return announce(t`There is nothing to add yet.`, true);
      sender.addNote(view.id, text.trim());
      macros.afterNote();
      return onLeave();
    }
    if (!check || !composer.answersId)
      return announce(t`This cannot be sent now. ${shutReason(side?.reason ?? null)}`, true);
    const stop = check.verdict.errors[0];
    if (stop) return announce(say(stop).words, true);
    if (anyway === null && held) return announce(held, true);
    if (up.rising.length > 0) return announce(t`A file is still on its way up. Wait for it, or stop it.`, true);
    const { outcome, after } = macros.take();
    const ends = outcome ?? (andResolve && resolveWith ? resolveWith.outcome : null);
    sender.send({
      conversationId: view.id,
      audience,
      text: text.trimEnd(),
      files,
      copies: mail?.copies ?? null,
      full: check.full,
      answersMessageId: composer.answersId,
      resolveWith: ends,
      ...(after && { after }),
      anyway,
      version,
    });
    onLeave();
    if (ends) onSentAndResolved();
  }

  const write = t`Write`;
  useKeys("screen", [
    { id: "write.public", keys: ["r", "alt+r"], label: t`Public reply`, group: write, run: () => choose("public") },
    { id: "write.private", keys: ["p", "alt+p"], label: t`Private reply`, group: write, run: () => choose("private") },
    { id: "write.note", keys: ["n", "alt+n"], label: t`Note`, group: write, run: () => choose("note") },
    {
      id: "write.take-private",
      keys: ["v", "alt+v"],
      label: t`Take it private`,
      group: write,
      disabled: !privateOpen && places.length === 0,
      run: takePrivate,
    },
    {
      id: "write.send",
      keys: "mod+enter",
      label: t`Send, publish or add`,
      group: write,
      inText: true,
      run: () => send(false),
    },
    {
      id: "write.send-resolve",
      keys: "mod+shift+enter",
      label: t`Send and resolve`,
      group: write,
      inText: true,
      disabled: resolveWith === null,
      run: () => send(true),
    },
    {
      id: "write.leave",
      keys: "escape",
      label: t`Leave the text, keep it`,
      group: write,
      inText: true,
      run: () => leave(),
    },
  ]);
  const sendKey = useKeyFor("write.send", "mod+enter");
  const keys = {
    public: useKeyFor("write.public", "r"),
    private: useKeyFor("write.private", "p"),
    note: useKeyFor("write.note", "n"),
  };

  function leave(): void {
    if (document.activeElement === field.current) onLeave();
  }

  // Software may not answer there, a person may: the text is written here and carried over.
  const handOff = audience === "public" ? (side?.handOff ?? null) : null;
  const shut = audience !== "note" && door === null && handOff === null;
  const problem = audience === "note" ? sender.noteProblem : sender.problem;
  const blocked = check?.verdict.errors[0];
  const refused = shut
    ? shutReason(side?.reason ?? null)
    : blocked
      ? say(blocked).words
      : text.trim() === "" && files.length === 0
        ? t`There is nothing to send yet.`
        : held;
  const notLater = refused ?? (files.length > 0 ? t`Files cannot wait. Send them now, or take them out.` : null);
  return (
    <section className={css.composer} aria-label={t`Write`} data-kept="" {...dropOf(attach)}>
      {problem ? (
        <div className={css.problem}>
          <ProblemNotice
            problem={problem}
            safe={t`Your text is safe below.`}
            acts={<Button size="small" onClick={sender.clear}>{t`Close`}</Button>}
          />
        </div>
      ) : null}
      {notice}
      <div className={css.modes}>
        <ComposerTabs {...{ id, audience, shut, words, keys }} onChoose={choose} />
        {target ? (
          <span className={css.to}>
            {t`answers`}{" "}
            <LinkButton onClick={onShowAnswered}>
              <bdi>{target.author.name || target.author.handle}</bdi>
              <Comma />
              <AnsweredAt at={target.at} />
            </LinkButton>
          </span>
        ) : null}
      </div>
      <div
        className={`${css.box} ${shut ? css.shut : LOOK[audience]}`}
        id={`${id}-box`}
        role="tabpanel"
        aria-labelledby={`${id}-${audience}`}
      >
        <ComposerBand
          id={`${id}-band`}
          {...{ audience, shut, privateOpen, places, takePrivate }}
          says={shut ? words[audience].shut : words[audience].band}
          rest={shut || handOff ? shutReason(side?.reason ?? null) : words[audience].rest}
          onTake={shut && side?.reason === "take-first" ? onTake : null}
          windowUntil={door?.windowUntil ?? null}
          onInvite={take.invite}
          onPrivate={() => choose("private")}
          onCall={() => setCalling(true)}
        />
        {composer.kept.kind === "two" ? (
          <TwoTexts other={composer.kept.other.text} onChoose={(which) => composer.keeper.choose(view.id, which)} />
        ) : null}
        {showsTyping(view) ? (
          <Suspense fallback={null}>
            <Typing
              key={view.id}
              conversationId={view.id}
              customer={view.customer.name}
              text={text}
              isOpen={audience === "private"}
            />
          </Suspense>
        ) : null}
        {mail?.line}
        <Writing
          field={field}
          label={words[audience].field}
          text={text}
          marks={allMarks(check?.marks ?? [], voice, text)}
          signature={check?.signature ?? (handOff ? view.composer.disclosureText : "")}
          describedBy={`${id}-band ${id}-signature ${id}-hints`}
          invalid={(check?.marks.length ?? 0) > 0}
          onText={composer.setText}
          onFiles={attach}
        />
        {files.length + up.rising.length > 0 ? (
          <Suspense fallback={null}>
            <FileStrip
              files={files}
              rising={up.rising}
              faults={check?.verdict.errors ?? []}
              altMost={check?.altMost ?? null}
              onAlt={composer.describe}
              onRemove={up.remove}
            />
          </Suspense>
        ) : null}
        {check?.signature ? (
          <p id={`${id}-signature`} className={css.spoken}>
            {t`Ends with: ${check.signature}. Added by the disclosure rule; it cannot be removed.`}
          </p>
        ) : null}
        {audience === "note" ? null : (
          <Suspense fallback={null}>
            <SendLater
              view={view}
              refused={notLater ?? ""}
              words={wordsForLater({ composer, copies: mail?.copies ?? null, version, refused: notLater })}
              onKept={() => composer.keeper.forget(view.id)}
            />
            <MoveHints
              take={take}
              tooLong={audience === "public" && check !== null && check.count.over}
              onTake={audience === "public" && places.length > 0 ? takePrivate : null}
            />
          </Suspense>
        )}
        {check ? (
          <Hints
            id={`${id}-hints`}
            check={check}
            onPrivate={audience === "public" && privateOpen ? () => choose("private") : null}
          />
        ) : null}
        {audience !== "note" && door && check ? (
          <Suspense fallback={null}>
            <VoicePanel
              composer={css}
              key={view.id}
              {...{ audience, text, field }}
              conversationId={view.id}
              network={door.mark.network}
              answered={target?.mark.audience === "public" ? target.text : ""}
              onFound={setVoice}
              onAnyway={check.verdict.ok ? (reason) => send(false, reason) : null}
            />
          </Suspense>
        ) : null}
        {audience === "note" && text.includes("@@") ? (
          <Suspense fallback={null}>
            <MentionLine conversationId={view.id} field={field} text={text} onText={composer.setText} />
          </Suspense>
        ) : null}
        {macros.line}
        <Foot
          composer={composer}
          check={check}
          attach={audience === "note" ? null : <AttachButton refused={noFiles} onFiles={attach} />}
        >
          {handOff ? (
            <Suspense fallback={null}>
              <HandOffActs
                key={view.id}
                {...{ handOff, text, version, conversationId: view.id, signature: view.composer.disclosureText }}
                onDone={() => {
                  composer.keeper.forget(view.id);
                  onLeave();
                }}
              />
            </Suspense>
          ) : null}
          {macros.button}
          <span className={css.split} hidden={handOff !== null}>
            <Button
              look={audience}
              icon={audience === "note" ? undefined : AUDIENCE_ICON[audience]}
              keys={sendKey}
              busy={sender.busy}
              refused={refused}
              onClick={() => send(false)}
            >
              <span>
                {words[audience].send}
                <VisuallyHidden>
                  <Comma />
                  {words[audience].sendTo}
                </VisuallyHidden>
              </span>
            </Button>
            {audience !== "note" && resolveWith ? (
              <SendWays audience={audience} resolve={resolveWith.name} refused={refused} onResolve={() => send(true)} />
            ) : null}
          </span>
        </Foot>
      </div>
      {calling ? (
        <Suspense fallback={null}>
          <CallDialog conversationId={view.id} invites={take.board?.invites ?? []} onClose={() => setCalling(false)} />
        </Suspense>
      ) : null}
    </section>
  );

  function shutReason(reason: string | null): string {
    if (reason === "take-first") return t`Nobody has it yet. Take it, then answer.`;
    if (reason === "has-owner") return t`${view.work?.owner?.name ?? ""} has this. You can add a note.`;
    return sayServer(reason ?? "").words;
  }
}
