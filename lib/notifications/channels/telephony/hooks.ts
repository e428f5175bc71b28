import type { StatusReport } from "#lib/notifications/channels/telephony/carrier";
import type { VoiceTurn } from "#lib/notifications/voice-script";

/** A request from a provider. `url` is the public address it was sent to, as the provider knows it. */
export type HookRequest = { url: string; body: string; headers: Headers };

/** Who or what answered a call, as far as the provider can tell. */
export type Answerer = "human" | "machine" | "unknown";

export type StatusEvent = {
  externalId: string | null;
  report: StatusReport;
  /** Something just picked up, and the provider waits for what to say instead of the menu. */
  machineListens?: boolean;
};

export type CallEvent = { externalId: string | null; digits: string | null; answerer: Answerer };
export type TextEvent = { externalId: string; from: string; text: string; isAnsweredByProvider: boolean };

/** How a provider talks to us. Each `read` answers null for a request it can't understand. */
export type Hooks = {
  /** Whether the request comes from the provider: by its signature, in constant time. */
  isGenuine(request: HookRequest): boolean | Promise<boolean>;
  readStatus(request: HookRequest): StatusEvent | null;
  readCall(request: HookRequest): CallEvent | null;
  readText(request: HookRequest): TextEvent | null;
  /** What a call says, and where its key goes; null: it hangs up afterwards. */
  speak(turn: VoiceTurn, keyUrl: string | null): Response;
  /** Answers a text in the response itself; null: the provider can't, and the answer is sent as a text of its own. */
  answerText: ((text: string | null) => Response) | null;
};
