import { expect, test } from "vitest";
import { checkWhoAnswers } from "../who-answers.ts";
import { readDisclosure } from "./read.ts";

const nia = { name: "Nia Costa", initials: "NC" };
interface Case {
  public?: boolean;
  machine?: boolean;
  later?: boolean;
}
const fine = (rule: string, text: string, { public: open = true, machine = false, later = false }: Case = {}) =>
  checkWhoAnswers(
    {
      ...{ text, public: open, agent: machine ? null : nia, post: "Where is it?", facts: [] },
      recent: later ? ["An earlier one."] : [],
    },
    { limit: null, avoid: [], disclosure: readDisclosure(rule) },
  ).length === 0;

const hooks =
  "Each reply, public and private, ends with the agent's first name in square brackets, like [Ida]. Replies made by the machine start with [auto].";
const rounds =
  "Öffentliche Antworten enden mit dem Kürzel in runden Klammern: (KL). Private enden mit Vor- und Nachnamen der Person, die schreibt. Ohne Mitarbeiter steht am Ende (automatisch). / En público se termina con las iniciales entre paréntesis: (MV). En privado, con nombre y apellido de quien escribe. Sin agente, al final va (automático).";
const here = 'In public an agent opens with the own first name and "here" ("Dee here, ..."). Private: no signature.';

const closed = { public: false };
const machine = { machine: true };
// A rule, a draft that keeps it, one that does not, and what kind of reply it is.
test.each<[string, string, string, Case?]>([
  [hooks, "It left today. [Nia]", "It left today."],
  [hooks, "It left today. [Nia]", "It left today. [Sam]", closed],
  [hooks, "[auto] We are closed until 8.", "We are closed until 8.", machine],
  [rounds, "Der Bus kommt um 8. (NC)", "Der Bus kommt um 8."],
  [rounds, "El autobús llega a las 8. (NC)", "El autobús llega a las 8. (XY)"],
  [rounds, "Der Bus kommt um 8. Nia Costa", "Der Bus kommt um 8. (NC)", closed],
  [rounds, "Wir sind ab 8 da. (automatisch)", "Wir sind ab 8 da.", machine],
  [rounds, "Estamos desde las 8. (automático)", "Estamos desde las 8.", machine],
  [here, "Nia here, it left today.", "It left today."],
  ["Public replies end with ^ and initials (^JR).", "It left. ^NC", "It left. ^JR"],
  ["Public replies end with ~ and the agent's initials, e.g. ~jr.", "It left. ~nc", "It left."],
  ["Every public reply closes with a slash and initials (/HB).", "It left. /NC", "It left. Nia"],
  ["Public answers end with initials between vertical bars, like |MK|.", "It left. |NC|", "It left. |MK|"],
  ["Public answers end with the first name between asterisks: *Ida*.", "It left. *Nia*", "It left. Nia"],
  ["Public answers end with an underscore and initials, like _MK.", "It left. _NC", "It left. NC"],
  ["Sign public posts with the first name in curly braces, like {Ida}.", "It left. {Nia}", "It left. Nia"],
  ["Public replies end with initials in angle brackets: <MK>.", "It left. <NC>", "It left. NC"],
  ['Public replies close with "from" and the first name, as in "from Ida".', "It left. from Nia", "It left."],
  ['Public replies close with "Your" and the first name: "Your Ida".', "It left. Your Nia", "It left. Your Sam"],
  ["Public replies end with a leaf and the first name, like 🌿 Ida.", "It left. 🌿 Nia", "It left. Nia"],
  ["Public replies end with first name and last initial, like - Ida K.", "It left. - Nia C.", "It left. - Nia"],
  ["Public replies end with an em dash and the full name.", "It left. — Nia Costa", "It left. — Nia"],
  ["Sign every public reply with your initials.", "It left. NC", "It left."],
  ["Public replies begin with the initials and a colon (MK: ...).", "NC: it left.", "It left. NC"],
  ["Öffentlich endet jede Antwort mit einem Strich und dem Vornamen (– Ida).", "Er kommt. – Nia", "Er kommt. Nia"],
  ["Öffentliche Antworten beginnen mit dem Vornamen in eckigen Klammern: [Ida].", "[Nia] Er kommt.", "Er kommt. [Nia]"],
  ["Öffentlich: Kürzel mit Schrägstrich am Ende, z. B. /IK. Privat: keine Signatur.", "Er kommt. /NC", "Er kommt."],
  ["Öffentlich: Kürzel. Privat: voller Name am Ende.", "Er kommt. Nia Costa", "Er kommt. Nia", closed],
  ["Las respuestas públicas terminan con un guion y el nombre de pila (- Ana).", "Ya llega. - Nia", "Ya llega."],
  ["En público se firma con las iniciales entre corchetes, como [AB].", "Ya llega. [NC]", "Ya llega. [AB]"],
  ["En público, al final, nombre y apellido.", "Ya llega. Nia Costa", "Ya llega. Nia"],
  ["Les réponses publiques finissent par le prénom après un tiret (– Léa).", "Il arrive. – Nia", "Il arrive."],
  ["En public on termine par les initiales entre crochets : [LM].", "Il arrive. [NC]", "Il arrive. NC"],
  ["Les messages privés se terminent par le prénom et le nom.", "Il arrive. Nia Costa", "Il arrive.", closed],
  ["Le risposte pubbliche finiscono con le iniziali tra parentesi: (LM).", "Arriva. (NC)", "Arriva."],
  ["In pubblico si chiude con un trattino e il nome, come - Lea.", "Arriva. - Nia", "Arriva. - Lea"],
  ["As respostas públicas terminam com as iniciais entre parênteses: (LM).", "Já chega. (NC)", "Já chega."],
  ["Em público termina-se com o primeiro nome depois de um travessão (— Ana).", "Já chega. — Nia", "Já chega."],
  ["Openbare antwoorden eindigen met de initialen tussen haakjes: (LM).", "Hij komt. (NC)", "Hij komt."],
  ["Openbare antwoorden beginnen met de voornaam.", "Nia hier, hij komt.", "Hij komt."],
  ['Automatic replies open with "Automatic note:".', "Automatic note: we open at 8.", "We open at 8.", machine],
  ['Automatische Antworten schließen mit „Automatische Antwort".', "Ab 8. Automatische Antwort.", "Ab 8.", machine],
  [
    "Les réponses automatiques se terminent par « réponse automatique ».",
    "Dès 8 h. Réponse automatique",
    "Dès 8 h.",
    machine,
  ],
  ["What no agent has written closes with /bot.", "We open at 8. /bot", "We open at 8.", machine],
  ["Replies carry whatever the stars decide.", "It left. Nia", "It left."],
  ["House rule seven applies, see the handbook.", "It left. ^NC", "It left."],
])("%s | %s | %s", (rule, right, wrong, kind) => {
  expect(fine(rule, right, kind)).toBe(true);
  expect(fine(rule, wrong, kind)).toBe(false);
});

// What is not asked for is not missed.
test.each<[string, string, Case]>([
  [here, "It left today.", closed],
  ["Öffentlich: Kürzel mit Schrägstrich am Ende, z. B. /IK. Privat: keine Signatur.", "Er kommt.", closed],
  ["Public replies end with ^ and initials.", "It left.", closed],
  ["Private: the full name at the end of the first message. Public: ^MK.", "It left.", { public: false, later: true }],
  ["none", "It left.", {}],
])("%s asks nothing of: %s", (rule, text, kind) => expect(fine(rule, text, kind)).toBe(true));
