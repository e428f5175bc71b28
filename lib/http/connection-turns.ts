import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { Socket } from "node:net";

type Exchange = { request: IncomingMessage; response: ServerResponse };
type Turns = { waiting: Exchange[]; atWork: boolean };

/** Nobody who means well sends so many requests without reading an answer. */
const MOST_WAITING = 100;
/** Time for a sender that is still writing to read that it was refused. */
const LINGER_MS = 2_000;

/**
 * Makes a listener that works on one request of a connection at a time, in the order they came. Node hands over everything that a client
 * sends without waiting for answers: a few connections could bring hundreds of thousands of requests, which would be worked on long after
 * their sender has gone. A connection with too many is closed, one that closes takes its waiting requests with it, and one whose body goes
 * on after the answer is ended.
 */
export function inTurn(listener: RequestListener): RequestListener {
  const connections = new WeakMap<Socket, Turns>();

  const work = (turns: Turns, { request, response }: Exchange) => {
    turns.atWork = true;
    response.once("close", () => {
      turns.atWork = false;
      if (!request.complete) endAfter(LINGER_MS, request);
      const next = request.socket.destroyed ? undefined : turns.waiting.shift();
      if (next) work(turns, next);
    });
    listener(request, response);
  };

  return (request, response) => {
    const { socket } = request;
    if (socket.destroyed) return;
    const turns = connections.get(socket) ?? { waiting: [], atWork: false };
    connections.set(socket, turns);
    if (!turns.atWork) work(turns, { request, response });
    else if (turns.waiting.push({ request, response }) > MOST_WAITING) {
      turns.waiting = [];
      socket.destroy();
    }
  };
}

function endAfter(ms: number, request: IncomingMessage): void {
  setTimeout(() => {
    if (!request.complete) request.socket.destroy();
  }, ms).unref();
}
