import type { Random } from "../random.ts";

/** What the demo's agents answer, by language and by what they do. Written for this project; slots in braces. */
const answers: Record<string, { public: string[]; invite: string[]; private: string[] }> = {
  en: {
    public: [
      "Hello {first}, I have looked at it: a mast near you is being repaired and should be back by this evening. I will tell you here when it is.",
      "{first}, that should not have happened. I have put it right, and you will see it on your next bill.",
      "Thanks for telling us, {first}. I have passed it to the people who can mend it and will come back to you today.",
      "Sorry about the wait, {first}. Switch data roaming on under Settings, Mobile network, and restart once. If it stays away, say so here.",
      "{first}, yes, that works with your plan. The steps are under My line in the app, and I am here if one of them sticks.",
      "I can see the fault you mean, {first}. Engineers are on it; next news from me at the latest by noon tomorrow.",
    ],
    invite: [
      "{first}, I would like to look at your account for this. Please write to me in a private message with your order number.",
      "That needs a look at your line, {first}. Send us a private message and I will take it from there.",
      "Sorry, {first}. Let us not do this in public: write to us privately and I will answer at once.",
    ],
    private: [
      "Thank you, {first}. I have found it: it was booked twice, and the second one goes back to you within three days.",
      "Hello {first}, thank you for writing here. I have sent a new code to your phone; the old one is blocked.",
      "Got it, {first}. The change is made and takes effect tonight. Is there anything else I can do?",
      "Thank you. I have asked the courier and will write again as soon as I hear, today in any case.",
    ],
  },
  es: {
    public: [
      "Hola {first}, lo he revisado: hay una avería cerca de usted y debería quedar resuelta esta tarde. Le aviso por aquí.",
      "Gracias por avisarnos, {first}. Ya lo he pasado al equipo técnico y le contesto hoy mismo.",
    ],
    invite: ["{first}, para mirar su línea necesito algunos datos. Escríbanos por mensaje privado, por favor."],
    private: ["Gracias, {first}. Ya está corregido; lo verá en la próxima factura."],
  },
  de: {
    public: [
      "Hallo {first}, ich habe nachgesehen: ein Mast in Ihrer Nähe wird repariert und sollte heute Abend wieder laufen. Ich melde mich hier.",
      "Danke für den Hinweis, {first}. Ich habe es weitergegeben und antworte Ihnen heute noch.",
    ],
    invite: ["{first}, dafür muss ich in Ihr Konto sehen. Schreiben Sie uns bitte eine private Nachricht."],
    private: ["Danke, {first}. Es ist berichtigt und steht so auf der nächsten Rechnung."],
  },
  pt: {
    public: [
      "Olá {first}, já vi o que se passa: há uma avaria perto de si e deve ficar resolvida esta tarde. Aviso por aqui.",
      "Obrigada por avisar, {first}. Já passei à equipa técnica e respondo ainda hoje.",
    ],
    invite: ["{first}, preciso de ver a sua linha. Escreva-nos por mensagem privada, por favor."],
    private: ["Obrigada, {first}. Está corrigido e aparece na próxima fatura."],
  },
};

/** One answer in the customer's language; `{first}` becomes the first name. */
export function answerFor(
  language: string,
  how: "public" | "invite" | "private",
  name: string,
  random: Random,
): string {
  const of = answers[language] ?? answers.en!;
  return random.pick(of[how]).replaceAll("{first}", name.split(" ")[0] || "there");
}
