import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";

type Exchange = { request: IncomingMessage; response: ServerResponse };

export type FairTurns = {
  /** So many requests are worked on at once. */
  atOnce: number;
  /** A request that takes longer counts no more: a stream or a slow reader must not hold up others. */
  holdMs: number;
  /** Once requests have been waiting for so long, each is followed by a pause of the time that it took. */
  patienceMs: number;
  /** Of one client; what comes beyond is answered with 503. */
  mostWaiting: number;
  /** Whose request it is: each client gets a turn before one gets its second. */
  clientOf: (request: IncomingMessage) => string;
};

const LONGEST_PAUSE_MS = 50;
/** For one whose client is still writing: that takes as long as it likes, and nothing of ours. */
const WRITING_HOLD_MS = 50;

/**
 * Makes a listener that works on few requests at once and lets clients take turns. Pages are rendered in the process that pages people: of
 * twenty that are rendered at once, each makes every step of everything else wait for all of them, and even one after the other would
 * leave it no moment. A request whose client has gone is passed over.
 */
export function inFairTurns(listener: RequestListener, options: FairTurns): RequestListener {
  const { atOnce, holdMs, patienceMs, mostWaiting, clientOf } = options;
  /** In the order of whose turn is next; nobody with nothing. */
  const waiting = new Map<string, Set<Exchange>>();
  let atWork = 0;
  let crowdedSince: number | null = null;

  const work = ({ request, response }: Exchange) => {
    atWork += 1;
    const began = performance.now();
    const leave = () => {
      clearTimeout(holding);
      response.off("finish", leave).off("close", leave);
      setTimeout(goOn, pauseAfter(performance.now() - began));
    };
    const holding = setTimeout(leave, isBeingWritten(request) ? Math.min(holdMs, WRITING_HOLD_MS) : holdMs);
    response.once("finish", leave).once("close", leave);
    listener(request, response);
  };

  const pauseAfter = (took: number): number => {
    const isCrowded = crowdedSince !== null && performance.now() - crowdedSince > patienceMs;
    return isCrowded ? Math.min(took, LONGEST_PAUSE_MS) : 0;
  };

  const goOn = () => {
    atWork -= 1;
    const next = takeNext();
    if (next) work(next);
  };

  const takeNext = (): Exchange | undefined => {
    const [first] = waiting;
    const [next] = first?.[1] ?? [];
    if (!first || !next) return undefined;
    const [client, exchanges] = first;
    waiting.delete(client);
    exchanges.delete(next);
    if (exchanges.size > 0) waiting.set(client, exchanges);
    if (waiting.size === 0) crowdedSince = null;
    return next;
  };

  const queue = (exchange: Exchange) => {
    const client = clientOf(exchange.request);
    const exchanges = waiting.get(client) ?? new Set();
    if (exchanges.size >= mostWaiting) return refuse(exchange.response);
    waiting.set(client, exchanges.add(exchange));
    crowdedSince ??= performance.now();
    exchange.response.once("close", () => {
      if (exchanges.delete(exchange) && exchanges.size === 0) waiting.delete(client);
      if (waiting.size === 0) crowdedSince = null;
    });
  };

  return (request, response) => {
    if (atWork < atOnce) work({ request, response });
    else queue({ request, response });
  };
}

function isBeingWritten({ complete, headers }: IncomingMessage): boolean {
  return !complete && (headers["content-length"] ?? headers["transfer-encoding"]) !== undefined;
}

function refuse(response: ServerResponse): void {
  response
    .writeHead(503, { "content-type": "text/plain; charset=utf-8", "retry-after": "2" })
    .end("You ask for more at once than can be answered. Try again in a moment.\n");
}
