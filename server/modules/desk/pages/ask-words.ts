/** The words of the page on which somebody outside answers a side question, in the languages we write ourselves. */
const en = {
  title: (who: string) => `${who} asks you something`,
  from: (who: string, brand: string) => `${who} of ${brand} would like to know:`,
  shown: "What it is about",
  answer: "Your answer",
  send: "Send the answer",
  hint: "Only the team that asked reads it. The link takes one answer.",
  until: (when: string) => `It works until ${when}.`,
  empty: "Write your answer first.",
  again: "Please send it once more: a field that has to stay empty was filled in, perhaps by your browser.",
  long: (most: number) => `That is too long: at most ${most} letters. Shorten it.`,
  thanks: "Thank you",
  thanksText: "Your answer is with whoever asked. You can close this page.",
  unknown: "This address leads nowhere",
  unknownText: "Perhaps a sign of it was lost. Open the link in the message again, or ask whoever sent it.",
  answered: "This question is answered",
  answeredText: "The link took one answer. If it was not yours, tell whoever sent you the link.",
  withdrawn: "This question was taken back",
  withdrawnText: "No answer is needed any more.",
  ended: "The time to answer is over",
  endedText: "If you still know the answer, tell whoever sent you the link: they can ask you anew.",
  many: "Too many tries",
  manyText: "Wait a minute, then open the link again.",
  broken: "That did not work",
  brokenText: "Go back, and try it once more.",
};
export type AskWords = typeof en;

const de: AskWords = {
  title: (who) => `${who} fragt Sie etwas`,
  from: (who, brand) => `${who} von ${brand} möchte wissen:`,
  shown: "Worum es geht",
  answer: "Ihre Antwort",
  send: "Antwort senden",
  hint: "Nur das Team, das fragt, liest sie. Der Link nimmt eine Antwort an.",
  until: (when) => `Er gilt bis ${when}.`,
  empty: "Schreiben Sie zuerst Ihre Antwort.",
  again:
    "Bitte senden Sie es noch einmal: Ein Feld, das leer bleiben muss, war ausgefüllt, vielleicht von Ihrem Browser.",
  long: (most) => `Das ist zu lang: höchstens ${most} Zeichen. Kürzen Sie es.`,
  thanks: "Danke",
  thanksText: "Ihre Antwort ist bei dem, der gefragt hat. Sie können diese Seite schließen.",
  unknown: "Diese Adresse führt nirgendwohin",
  unknownText: "Vielleicht fehlt ein Zeichen. Öffnen Sie den Link aus der Nachricht noch einmal.",
  answered: "Diese Frage ist beantwortet",
  answeredText: "Der Link nahm eine Antwort an. War es nicht Ihre, sagen Sie es dem Absender.",
  withdrawn: "Diese Frage wurde zurückgenommen",
  withdrawnText: "Es braucht keine Antwort mehr.",
  ended: "Die Zeit zu antworten ist vorbei",
  endedText: "Wenn Sie die Antwort noch wissen, sagen Sie es dem Absender: er kann neu fragen.",
  many: "Zu viele Versuche",
  manyText: "Warten Sie eine Minute und öffnen Sie den Link noch einmal.",
  broken: "Das ging nicht",
  brokenText: "Gehen Sie zurück und versuchen Sie es noch einmal.",
};
const es: AskWords = {
  title: (who) => `${who} le pregunta algo`,
  from: (who, brand) => `${who} de ${brand} quisiera saber:`,
  shown: "De qué se trata",
  answer: "Su respuesta",
  send: "Enviar la respuesta",
  hint: "Solo la lee el equipo que pregunta. El enlace admite una respuesta.",
  until: (when) => `Funciona hasta ${when}.`,
  empty: "Escriba primero su respuesta.",
  again: "Envíelo otra vez, por favor: se rellenó un campo que debe quedar vacío, quizá lo hizo su navegador.",
  long: (most) => `Es demasiado largo: como mucho ${most} caracteres. Acórtelo.`,
  thanks: "Gracias",
  thanksText: "Su respuesta ya la tiene quien preguntó. Puede cerrar esta página.",
  unknown: "Esta dirección no lleva a ninguna parte",
  unknownText: "Quizá se perdió un signo. Abra otra vez el enlace del mensaje.",
  answered: "Esta pregunta ya está respondida",
  answeredText: "El enlace admitía una respuesta. Si no fue suya, dígaselo a quien le envió el enlace.",
  withdrawn: "Esta pregunta fue retirada",
  withdrawnText: "Ya no hace falta ninguna respuesta.",
  ended: "Se acabó el tiempo para responder",
  endedText: "Si aún sabe la respuesta, dígaselo a quien le envió el enlace: puede volver a preguntarle.",
  many: "Demasiados intentos",
  manyText: "Espere un minuto y abra otra vez el enlace.",
  broken: "No funcionó",
  brokenText: "Vuelva atrás e inténtelo una vez más.",
};
const WORDS = { en, de, es } as const;

/** By the browser's wish; English where we do not speak it. */
export function askWords(accept: string | undefined): { language: keyof typeof WORDS; words: AskWords } {
  for (const wish of (accept ?? "").slice(0, 200).toLowerCase().split(",")) {
    const base = wish.trim().split(/[-;]/)[0] ?? "";
    if (base === "en" || base === "de" || base === "es") return { language: base, words: WORDS[base] };
  }
  return { language: "en", words: en };
}
