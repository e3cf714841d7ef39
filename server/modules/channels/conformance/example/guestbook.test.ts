import { describeAdapter } from "../describe-adapter.ts";
import { guestbookKit } from "./kit.ts";

describeAdapter("the guestbook of the guide", guestbookKit);
