/** What customers speak of, by trade: [things bought, places and people, what goes wrong with a noun, what is asked]. Written by hand. */
export type Trade = { things: string; people: string; woes: string; asks: string };

export const TRADES: Record<string, Trade> = {
  air: {
    things:
      "flight|plane|seat|boarding pass|upgrade|carry on|suitcase|luggage|ticket|connection|in-flight wifi|meal|app|website|points|miles|lounge",
    people:
      "gate agent|flight attendant|pilot|crew|ground staff|check in desk|rep|customer service|call centre|baggage office",
    woes: "late flight|flight being cancelled|cancellation|delayed flight|missed connection|lost luggage|broken suitcase|overbooked plane|middle seat|tarmac wait|change fee|baggage fee|rebooking mess|runway delay|mechanical problem|flight cancelled",
    asks: "the baggage allowance|a bassinet seat|flights to Chicago|the flight to Newark|my reservation|a name change|a travel credit|the change fee|flight status|an unaccompanied minor|a companion pass|award seats|a receipt for my flight",
  },
  rail: {
    things: "train|bus|season ticket|seat reservation|timetable|ferry|ride|fare|e-ticket|taxi",
    people: "conductor|driver|guard|ticket office|inspector|station staff",
    woes: "cancelled train|broken ticket machine|overcrowded bus|late bus|missing carriage|fine|signal failure|detour",
    asks: "a railcard|the last bus|a group ticket|the night train|the lost property office|a bike ticket|the platform",
  },
  tel: {
    things: "internet|phone|sim card|router|broadband|wifi|contract|plan|signal|landline|tv box|modem|data|update",
    people: "technician|installer|agent|chat|store manager|support line|tech support|sales rep",
    woes: "dropped calls|slow internet|dead line|price increase|outage|wrong bill|cancelled appointment|roaming bill|bad reception",
    asks: "an esim|fibre in my street|the router manual|my puk|roaming in Turkey|a second line|the new phone|call forwarding",
  },
  bank: {
    things: "account|card|loan|transfer|statement|app|insurance|claim|policy|pin|overdraft|refund|deposit",
    people: "branch|advisor|cashier|claims handler|fraud team|call handler|underwriter",
    woes: "blocked card|hidden fee|missing transfer|rejected claim|frozen account|late fee|wrong balance|declined payment",
    asks: "a new card|the exchange rate|a standing order|the iban|a credit limit|a savings account|my claim number",
  },
  shop: {
    things:
      "order|parcel|package|delivery|shoes|dress|coat|phone case|laptop|sofa|washing machine|coffee machine|voucher|gift card|return|toy|headphones|mattress",
    people: "courier|seller|shop assistant|delivery driver|warehouse|cashier|returns team|store",
    woes: "missing parcel|wrong size|broken screen|empty box|late delivery|damaged box|faulty zip|rotten fruit|double charge|refused return|missing part",
    asks: "size 42|a gift receipt|the returns label|free shipping|the blue one|click and collect|the warranty|a tracking number",
  },
  stay: {
    things: "room|hotel|booking|breakfast|table|pizza|burger|coffee|meal|pool|apartment|key card|menu|sandwich",
    people: "receptionist|waiter|manager|cleaner|host|barista|chef|front desk",
    woes: "dirty room|cold food|noisy room|lost booking|hair in the soup|broken shower|bed bugs|rude waiter|wrong order|hour long wait",
    asks: "a late checkout|a cot|vegan options|parking|a table for six|the pool hours|a quiet room",
  },
  home: {
    things:
      "power|water|gas|heating|boiler|meter|bill|tariff|bins|car|engine|repair|game|server|software|subscription|console",
    people: "engineer|mechanic|plumber|helpdesk|dealer|landlord|moderator|support",
    woes: "power cut|broken boiler|doubled bill|missed collection|crash|lag|bug|failed update|leak|warning light|recall",
    asks: "a meter reading|the bin dates|a service appointment|the release date|a spare part|the system requirements|a test drive",
  },
};

export const WAITS =
  "2 hours|3 hrs|an hour|45 minutes|over an hour|90 min|4 hours|half a day|six hours|two days|3 days|a week|two weeks|over a month|5 weeks|three months|20 mins|all day|all morning|since Friday|since yesterday";
export const VENTS =
  "|||||unacceptable|ridiculous|this is a joke|not happy|not good enough|so disappointed|fail|#fail|never again|terrible|shameful|pathetic|awful service|poor service|worst experience|so frustrating|come on|do better|what a mess|shame on you|horrible|really?|seriously?|wtf|smh|ugh|😡|😤|🙄|!!!|get your act together|I'm done|you suck|sort it out|fix this|we deserve better|#badservice|#neveragain|what a waste of time|this is insane|unreal|I give up|I am furious";
export const GLAD =
  "||||||😊|❤️|👏|🙌|!|!!|:)|#happycustomer|great job|well done|keep it up|you rock|love it|so happy|awesome|made my day|🎉|😍|amazing|the best|brilliant|impressed";
export const OPENINGS = "@at |@at |@at |@at |hey @at |hi @at, ||||Hello @at |so @at |yo @at |Dear @at, |.@at ";
