import { tooLarge } from "#lib/events/enqueue-answer";
import { MAX_ENQUEUE_BYTES, MAX_SOURCE_PAYLOAD_BYTES } from "#lib/events/event";
import { throttled, throttledV1 } from "#lib/events/enqueue-answer";
import { sourceAdapter } from "#lib/events/queries/source-adapter";
import { brokenOff, failed, known, methodNotAllowed, noIntegration } from "#lib/http/intake/answer";
import type { IntakeAnswer } from "#lib/http/intake/answer";
import { SenderGone } from "#lib/http/intake/body";
import type { BodyRead } from "#lib/http/intake/body";
import { enqueueChange, enqueueV1, enqueueV2 } from "#lib/http/intake/enqueue";
import { HEARTBEAT, receiveBeat } from "#lib/http/intake/heartbeat";
import { EMAIL, receivePostedMail } from "#lib/http/intake/mail";
import type { IntakeTarget } from "#lib/http/intake/path";
import { receiveFromSource } from "#lib/http/intake/source-webhook";
import { log } from "#lib/log";
import { metrics } from "#lib/metrics";

/** A request to the intake, whichever server brought it. */
export type IntakeRequest = {
  method: string;
  target: IntakeTarget;
  /** With lower-case names. */
  headers: () => Readonly<Record<string, string>>;
  read: (maxBytes: number) => Promise<BodyRead>;
};

const BUSY_RETRY_SECONDS = 1;
const FORM = "application/x-www-form-urlencoded";

/** Answers a request to the intake and counts it. Never rejects: whatever goes wrong, it is not a success. */
export async function answerIntake(request: IntakeRequest): Promise<IntakeAnswer> {
  const answer = request.target.kind === "nothing" ? noIntegration() : await answerOrFail(request);
  metrics().eventsReceived.inc({ source: labelOf(request.target), outcome: answer.outcome });
  return answer;
}

async function answerOrFail(request: IntakeRequest): Promise<IntakeAnswer> {
  const { method, target } = request;
  if (target.kind === "source" && target.source === HEARTBEAT) return answerBeat(request, target.key);
  const isQuery = method === "GET" && isMessage(target);
  if (method !== "POST" && !isQuery) return methodNotAllowed();
  try {
    return isQuery ? await answerText(request, "") : await answerBody(request);
  } catch (error) {
    if (error instanceof SenderGone) return brokenOff();
    log().error({ err: error, target: target.kind }, "a request to the intake failed");
    return failed();
  }
}

async function answerBody(request: IntakeRequest): Promise<IntakeAnswer> {
  const { kind } = request.target;
  const maxBytes = kind === "source" ? MAX_SOURCE_PAYLOAD_BYTES : MAX_ENQUEUE_BYTES;
  const body = await request.read(maxBytes);
  if (body.kind === "too-large") return known(tooLarge(maxBytes), "refused");
  if (body.kind === "text") return answerText(request, body.text);
  const tooFast = kind === "enqueue-v1" ? throttledV1 : throttled;
  return known(tooFast(BUSY_RETRY_SECONDS), "throttled");
}

const BEAT_METHODS = new Set(["GET", "HEAD", "POST"]);

async function answerBeat({ method, read }: IntakeRequest, key: string): Promise<IntakeAnswer> {
  if (!BEAT_METHODS.has(method)) return methodNotAllowed();
  try {
    if (method === "POST") await read(MAX_ENQUEUE_BYTES);
    return await receiveBeat(key);
  } catch (error) {
    if (error instanceof SenderGone) return brokenOff();
    log().error({ err: error }, "a signal of a heartbeat could not be recorded");
    return failed();
  }
}

function answerText({ target, headers }: IntakeRequest, text: string): Promise<IntakeAnswer> {
  switch (target.kind) {
    case "enqueue":
      return enqueueV2(text);
    case "change":
      return enqueueChange(text);
    case "enqueue-v1":
      return enqueueV1(text);
    case "nothing":
      return Promise.resolve(noIntegration());
    case "source": {
      if (target.source === EMAIL) return receivePostedMail(target.key, text);
      const all = headers();
      // Kept as a form, which it would be in a body, so that it can be replayed.
      if (text === "" && target.query !== "") {
        return receiveFromSource({ ...target, contentType: FORM, headers: all, text: target.query });
      }
      return receiveFromSource({ ...target, contentType: all["content-type"] ?? null, headers: all, text });
    }
  }
}

/** Some monitors can only call an address, with all they have to say in its query. */
function isMessage(target: IntakeTarget): boolean {
  return (
    target.kind === "source" && target.query !== "" && sourceAdapter(target.source, null)?.takesQuery === true
  );
}

/** Only formats that exist become labels: anything else would let strangers grow the metrics. */
function labelOf(target: IntakeTarget): string {
  if (target.kind === "source" && [HEARTBEAT, EMAIL].includes(target.source)) return target.source;
  if (target.kind === "source") return sourceAdapter(target.source, null)?.source ?? "unknown";
  return { enqueue: "events_v2", change: "change", "enqueue-v1": "events_v1", nothing: "unknown" }[
    target.kind
  ];
}
