import { expect, it } from "vitest";
import {
  accepted,
  acceptedChange,
  acceptedV1,
  invalidEvent,
  notJson,
  throttled,
  throttledV1,
  tooLarge,
  unknownRoutingKey,
} from "#lib/events/enqueue-answer";

const INVALID = { status: "invalid event", message: "Event object is invalid" };
const THROTTLED = {
  status: "throttle exceeded",
  message: "Requests for this service are arriving too quickly.  Please retry later.",
};

it.each([
  [accepted("k"), 202, { status: "success", message: "Event processed", dedup_key: "k" }],
  [acceptedV1("k"), 200, { status: "success", message: "Event processed", incident_key: "k" }],
  [acceptedChange(), 202, { status: "success", message: "Change event processed" }],
  [invalidEvent(["a", "b"]), 400, { ...INVALID, errors: ["a", "b"] }],
  [unknownRoutingKey(), 400, { ...INVALID, errors: ["Invalid routing key"] }],
  [
    notJson(),
    400,
    {
      status: "Unrecognized object",
      message: "Event object format is unrecognized",
      errors: ["JSON parse error"],
    },
  ],
  [tooLarge(524_288), 413, { ...INVALID, errors: ["Event is too large (should be at most 524288 bytes)"] }],
  [throttled(3), 429, THROTTLED],
  [throttledV1(3), 403, THROTTLED],
])("answers in the words that clients read: %j", (answer, status, body) => {
  expect(answer).toMatchObject({ status, body });
});

it("tells throttled senders when to come back", () => {
  expect([throttled(3).retryAfterSeconds, throttledV1(4).retryAfterSeconds]).toEqual([3, 4]);
});
