import type { IncomingMessage, ServerResponse } from "node:http";
import { answerHeaders } from "#lib/http/intake/answer";
import type { IntakeAnswer } from "#lib/http/intake/answer";
import { readNodeBody } from "#lib/http/intake/body";
import { answerIntake } from "#lib/http/intake/intake";
import { intakeTarget } from "#lib/http/intake/path";

/**
 * Answers a Node request that belongs to the intake; null, and nothing done, when it doesn't. `closing`: this process is about to
 * end, so the connection is not kept.
 */
export function answerNode(
  message: IncomingMessage,
  response: ServerResponse,
  { closing }: { closing: boolean },
): Promise<void> | null {
  const target = intakeTarget(message.url ?? "/");
  if (!target) return null;
  return answerIntake({
    method: message.method ?? "GET",
    target,
    headers: () => headersOf(message),
    read: (maxBytes) => readNodeBody(message, maxBytes),
  }).then((answer) => write(answer, message, response, closing));
}

function write(
  answer: IntakeAnswer,
  message: IncomingMessage,
  response: ServerResponse,
  closing: boolean,
): void {
  if (response.destroyed) return;
  const body = JSON.stringify(answer.body);
  const headers = answerHeaders(answer);
  headers["content-length"] = String(Buffer.byteLength(body));
  // A body that was not read to its end leaves its connection of no further use.
  if (closing || !message.complete) headers.connection = "close";
  response.writeHead(answer.status, headers).end(body);
}

function headersOf(message: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(message.headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(", ") : value]],
    ),
  );
}
