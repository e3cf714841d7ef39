import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { ConversationView } from "#contracts/desk";
import type { SideQuestionView, TogetherView } from "#contracts/together";
import { api } from "../../../shared/api/api.ts";
import { presenceQuery } from "../../../shared/api/presence-query.ts";
import { useCommand } from "../../../shared/api/use-command.ts";
import { useSession } from "../../../shared/session/session.ts";
import { Button } from "../../../shared/ui/button.tsx";
import { Dialog } from "../../../shared/ui/dialog.tsx";
import { FetchFault } from "../../../shared/ui/fetched.tsx";
import { Select, TextArea, TextField } from "../../../shared/ui/field.tsx";
import { ProblemNotice } from "../../../shared/ui/problem-notice.tsx";
import { toasts } from "../../../shared/ui/toast.tsx";
import css from "./aside.module.css";
import { asideQuery } from "./aside-query.ts";

type QuestionProps = {
  view: ConversationView;
  facts: TogetherView;
  /** What the agent is about to answer: proposed as what they see. */
  answered: string;
  onClose: () => void;
};
type To = { kind: "colleague"; agentId: string } | { kind: "outside"; name: string; email: string | null };
type Asked = { to: To; question: string; shown: string; days: number };

/** A question to somebody who does not have the conversation, and all that they see of it. */
export default function QuestionDialog(props: QuestionProps) {
  const { t } = useLingui();
  const [made, setMade] = useState<SideQuestionView | null>(null);
  return (
    <Dialog open onClose={props.onClose} title={t`Ask somebody aside`} width={540}>
      {made ? <Made of={made} onClose={props.onClose} /> : <QuestionForm {...props} onMade={setMade} />}
    </Dialog>
  );
}

function QuestionForm({
  view,
  facts,
  answered,
  onClose,
  onMade,
}: QuestionProps & { onMade: (made: SideQuestionView) => void }) {
  const { t } = useLingui();
  const { agent } = useSession();
  const here = useQuery(presenceQuery);
  const { data: presence } = here;
  const [kind, setKind] = useState<To["kind"]>(facts.mayAskOutside ? "outside" : "colleague");
  const [agentId, setAgentId] = useState("");
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [question, setQuestion] = useState("");
  const [shown, setShown] = useState(answered || lastSaid(view));
  const [days, setDays] = useState("7");
  const [tried, setTried] = useState(false);
  const ask = useCommand<Asked, SideQuestionView>({
    run: (asked, commandId) => api.post(`/api/desk/conversations/${view.id}/questions`, asked, { commandId }),
    invalidates: () => [asideQuery(view.id).queryKey],
    onDone(one) {
      if (one.link) return onMade(one);
      toasts.add({ text: t`${one.to.name} was asked. The answer comes back as a note.` });
      onClose();
    },
  });
  const others = (presence?.agents ?? []).filter((one) => one.agentId !== agent.id);
  const missing = question.trim() === "" || (kind === "outside" ? name.trim() === "" : agentId === "");
  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    setTried(true);
    if (missing) return;
    const to: To =
      kind === "outside"
        ? { kind, name: name.trim(), email: email.trim() === "" ? null : email.trim() }
        : { kind, agentId };
    ask.send({ to, question: question.trim(), shown: shown.trim(), days: Number(days) });
  }
  return (
    <form className={css.form} onSubmit={onSubmit}>
      {ask.problem ? <ProblemNotice problem={ask.problem} safe={t`Your words are safe here.`} /> : null}
      {facts.mayAskOutside ? (
        <Select
          label={t`Whom?`}
          value={kind}
          options={[
            { value: "outside", label: t`somebody outside, by a link without an account` },
            { value: "colleague", label: t`a colleague` },
          ]}
          onChange={setKind}
        />
      ) : null}
      {kind === "colleague" ? <FetchFault query={here} /> : null}
      {kind === "outside" ? (
        <div className={css.pair}>
          <TextField
            label={t`Their name`}
            value={name}
            maxLength={100}
            autoComplete="off"
            fault={tried && !name.trim() ? t`Say who it is: the name stands at their answer.` : undefined}
            onChange={(event) => setName(event.target.value)}
          />
          <TextField
            label={t`E-mail, if you like`}
            type="email"
            value={email}
            maxLength={320}
            autoComplete="off"
            hint={facts.mails ? t`The link is sent there.` : t`This server sends no mail: you copy the link.`}
            onChange={(event) => setEmail(event.target.value)}
          />
        </div>
      ) : (
        <Select
          label={t`Colleague`}
          value={agentId}
          fault={tried && agentId === "" ? t`Choose a colleague.` : undefined}
          options={[
            { value: "", label: t`Choose …`, disabled: true },
            ...others.map((one) => ({ value: one.agentId, label: one.name })),
          ]}
          onChange={setAgentId}
        />
      )}
      <TextArea
        label={t`Your question`}
        value={question}
        rows={3}
        maxLength={2_000}
        autoFocus
        fault={tried && !question.trim() ? t`Write what you want to know.` : undefined}
        onChange={(event) => setQuestion(event.target.value)}
      />
      <TextArea
        label={t`What they see of the conversation`}
        value={shown}
        rows={4}
        maxLength={10_000}
        hint={t`These words and nothing else. Take out what they need not know.`}
        onChange={(event) => setShown(event.target.value)}
      />
      <Select
        label={t`They can answer for`}
        value={days}
        options={[
          { value: "1", label: t`a day` },
          { value: "3", label: t`three days` },
          { value: "7", label: t`a week` },
          { value: "30", label: t`30 days` },
        ]}
        onChange={setDays}
      />
      <p className={css.acts}>
        <Button look="primary" type="submit" busy={ask.busy}>{t`Ask`}</Button>
      </p>
    </form>
  );
}

/** What the customer said last. */
function lastSaid(view: ConversationView): string {
  const last = view.timeline.findLast((one) => one.type === "message" && one.role === "customer");
  return last?.type === "message" ? last.text : "";
}

/** The link, to be handed over. */
function Made({ of, onClose }: { of: SideQuestionView; onClose: () => void }) {
  const { t } = useLingui();
  const [copied, setCopied] = useState(false);
  const { name, email } = of.to;
  return (
    <div className={css.form}>
      <p>
        {of.mail === "waiting"
          ? t`A mail with this link is on its way to ${email ?? ""}.`
          : t`Hand this link to ${name}. Whoever has it can answer once.`}{" "}
        {t`The answer comes back as a note, and under For me.`}
      </p>
      <div className={css.link}>
        <TextField label={t`Link`} value={of.link ?? ""} readOnly onFocus={(event) => event.target.select()} />
        <Button
          icon={copied ? "done" : "link"}
          onClick={() =>
            void navigator.clipboard.writeText(of.link ?? "").then(
              () => setCopied(true),
              () => undefined,
            )
          }
        >
          {copied ? t`Copied` : t`Copy`}
        </Button>
      </div>
      <p className={css.acts}>
        <Button look="primary" onClick={onClose}>
          {t({ message: "Done", context: "close" })}
        </Button>
      </p>
    </div>
  );
}
