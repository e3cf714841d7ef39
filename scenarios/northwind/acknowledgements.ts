/** What Northwind tells by itself to who has to wait; written by hand, held to the rules of shared/acknowledgement by a test. */
export const acknowledgements: readonly { locale: string; medium: "chat" | null; text: string }[] = [
  {
    ...{ locale: "en", medium: null },
    text: "{company} here, automatically: we have your message. One of us reads it and answers you by {when}. Add whatever helps; it all reaches the same person.",
  },
  {
    ...{ locale: "en", medium: "chat" },
    text: "{company}, automatic reply: everybody is in another chat. One of us is with you by {when}. You may close this window; the answer waits here.",
  },
  {
    ...{ locale: "de", medium: null },
    text: "{company}, automatische Antwort: Ihre Nachricht ist da. Einer von uns liest sie und antwortet bis {when}. Was Sie noch schreiben, kommt bei derselben Person an.",
  },
  {
    ...{ locale: "es", medium: null },
    text: "{company}, respuesta automática: tenemos tu mensaje. Una persona lo lee y te responde antes de {when}. Lo que añadas le llega a ella también.",
  },
  {
    ...{ locale: "cy", medium: null },
    text: "{company}, ateb awtomatig: mae eich neges gyda ni. Bydd un ohonom yn ei darllen ac yn ateb erbyn {when}.",
  },
];
