/** `asking`: still waiting for somebody to join, whoever is to be asked next. */
export const REQUEST_TARGET_STATES = ["asking", "joined", "ended", "cancelled"] as const;
export type RequestTargetState = (typeof REQUEST_TARGET_STATES)[number];

/** What one person who was asked to join has answered; the public API's words. */
export const RESPONDER_STATES = ["pending", "joined", "declined", "user_cancelled"] as const;
export type ResponderState = (typeof RESPONDER_STATES)[number];
