import { createServer } from "node:http";
import { connect } from "#db/connect";
import { IntakeQueue } from "#lib/events/commands/intake-queue";
import { writeInbox } from "#lib/events/commands/write-inbox";

// What can be had at most: Node's HTTP server, JSON.parse and the same batched inserts; no validation, no key, no engine.
const sql = connect(process.env.DATABASE_URL ?? "", { max: 3 }).$client;
const queue = new IntakeQueue({
  write: (entries, options) => writeInbox(sql, entries, options),
  isTransient: () => false,
  onFailure: (error) => console.error(error),
});
const server = createServer((request, response) => {
  let text = "";
  request.setEncoding("utf8");
  request.on("data", (chunk: string) => (text += chunk));
  request.on("end", () => {
    const event: { routing_key: string; dedup_key: string } = JSON.parse(text);
    const row = {
      integrationId: event.routing_key.slice(0, 14),
      source: "events_v2",
      action: "trigger" as const,
      dedupKey: event.dedup_key,
      json: text,
      raw: null,
      occurrences: 1,
    };
    void queue.submit({ events: [row], unread: [], changes: [] }).then((outcome) => {
      const body = JSON.stringify({ status: outcome, dedup_key: event.dedup_key });
      response.writeHead(outcome === "written" ? 202 : 500, {
        "content-type": "application/json",
        "content-length": Buffer.byteLength(body),
      });
      response.end(body);
    });
  });
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  if (typeof address === "object" && address !== null) process.send?.(address.port);
});
