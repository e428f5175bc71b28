/** What a provider said to a text or call it was handed. */
export type CarrierAnswer =
  | { kind: "accepted"; externalId: string | null; detail: string }
  /** The number or the message is at fault: no other provider would do better. */
  | { kind: "refused"; detail: string; invalidDestination: boolean }
  /** The provider is at fault: the next one is asked. `retry`: whether this one may do better later. */
  | { kind: "failed"; detail: string; retry: boolean };

export type TextOrder = {
  to: string;
  text: string;
  /** The delivery: the provider's idempotency key or reference, where it has one. */
  key: string;
  /** Where the provider reports what became of it; null: nobody wants to know. */
  statusUrl: string | null;
  signal: AbortSignal;
};

export type CallOrder = Omit<TextOrder, "text" | "statusUrl"> & {
  statusUrl: string;
  /** Where the provider asks what to say once somebody answers. */
  answerUrl: string;
};

/** A company that carries texts and calls; phone numbers are E.164 (`+4930123456`). Answers every expected outcome, never throws them. */
export type Carrier = {
  sendText(order: TextOrder): Promise<CarrierAnswer>;
  placeCall(order: CallOrder): Promise<CarrierAnswer>;
};

/** What later became of a text or call, as every provider reports it in its own words. */
export type StatusReport =
  | { kind: "under_way" }
  | { kind: "delivered"; detail: string }
  | { kind: "failed"; detail: string; retry: boolean; invalidDestination: boolean };
