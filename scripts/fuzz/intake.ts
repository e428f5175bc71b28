import { readFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { parseArgs } from "node:util";
import { createHeartbeat } from "#lib/heartbeats/commands/create-heartbeat";
import { actAs, makeIntegration } from "#lib/testing/factories";
import { createMailbox } from "#lib/mail-in/commands/mailboxes";
import { hostileRequest, seededRandom } from "#lib/testing/hostile-requests";
import type { HostileRequest } from "#lib/testing/hostile-requests";
import { onStage } from "#scripts/acceptance/stage";
import type { Stage } from "#scripts/acceptance/stage";

export const FUZZ_USAGE = `npm run fuzz -- intake [--requests 100000] [--seed 1]

Sends random and mutated requests to every path of the intake of a production server: none may be answered 5xx, the
server must live on, and its memory must not grow.`;

const AT_ONCE = 16;
const DRAIN_MS = 120_000;
const TENTHS = 10;
/** The first half fills what is kept and bounded (compiled code, caches, pools); the second may add this share to it. */
const MOST_GROWTH = 1.1;

/** Runs the fuzzer and prints what came of it. */
export async function fuzzIntake(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { requests: { type: "string", default: "100000" }, seed: { type: "string", default: "1" } },
  });
  const [requests, seed] = [Number(values.requests), Number(values.seed)];
  await onStage(`Fuzzing the intake: ${requests} requests, seed ${seed}`, async (stage) => {
    const { db } = stage.database;
    const { key, serviceId } = await makeIntegration(db);
    const plan = { serviceId, name: "Fuzz", everySeconds: 3600 };
    const { key: beat } = await createHeartbeat(actAs(db), plan);
    const box = { serviceId, name: "Fuzz", localPart: "fuzz" };
    const { key: mailbox } = await createMailbox(actAs(db), box);
    const server = await stage.start({ INTAKE_LIMIT_PER_MINUTE: "1000000000", LOG_LEVEL: "error" });
    const random = seededRandom(seed);
    const next = () => hostileRequest(random, { key, beat, mailbox });
    const statuses = new Map<string, number>();
    const resident: number[] = [];
    for (let tenth = 0; tenth < TENTHS; tenth += 1) {
      await sendMany(server.url, Math.ceil(requests / TENTHS), next, statuses);
      await drain(stage);
      resident.push(memoryOf(server.pid));
      console.log(
        `  ${tenth + 1}/${TENTHS}: ${mebibytes(resident.at(-1) ?? 0)} resident, ${await heapOf(server.url)}`,
      );
    }
    const answers = [...statuses].map(([status, count]) => `${status} × ${count}`);
    console.log(`\n  answers: ${answers.join(", ")}`);
    const failed = [...statuses].filter(([status]) => status.startsWith("5") || status === "broken");
    stage.check(failed.length === 0, "no 5xx, no broken connection");
    stage.check((await fetch(`${server.url}/api/live`)).ok, "the server lives");
    const [half = 0, end = 0] = [resident[TENTHS / 2 - 1], resident.at(-1)];
    stage.check(
      end <= half * MOST_GROWTH,
      `memory grew by ${((end / half - 1) * 100).toFixed(1)} % in the second half`,
    );
    await account(stage);
  });
}

/** Everything that was stored is accounted for, and nothing of it could not be processed. */
async function account(stage: Stage): Promise<void> {
  const { sql } = stage.database;
  const outcomes = await sql<{ outcome: string | null; count: number }[]>`
    select outcome, count(*)::int as count from inbox group by outcome order by count desc`;
  console.log(
    `  events: ${outcomes.map(({ outcome, count }) => `${outcome ?? "to do"} × ${count}`).join(", ")}`,
  );
  const [kept] = await sql<{ unread: number; aside: number; changes: number }[]>`
    select count(*) filter (where source <> 'inbox')::int as unread,
      count(*) filter (where source = 'inbox')::int as aside,
      (select count(*)::int from change_events) as changes
    from intake_errors`;
  console.log(`  kept as not understood: ${kept?.unread ?? 0}; changes: ${kept?.changes ?? 0}`);
  stage.check(
    outcomes.every(({ outcome }) => outcome !== null),
    "every stored event was processed",
  );
  stage.check(kept?.aside === 0, "no event had to be set aside");
}

async function drain(stage: Stage): Promise<void> {
  await stage.waitFor(async () => {
    const [row] = await stage.database.sql`select 1 from inbox where processed_at is null limit 1`;
    return row === undefined ? true : undefined;
  }, DRAIN_MS);
}

/** Counts how often each status was answered. */
async function sendMany(
  url: string,
  count: number,
  next: () => HostileRequest,
  statuses: Map<string, number>,
): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  let left = count;
  const sender = async () => {
    while (left > 0) {
      left -= 1;
      const status = await send(url, agent, next());
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, sender));
  agent.destroy();
}

function send(url: string, agent: Agent, { method, path, headers, body }: HostileRequest): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const sent = request({ hostname, port, method, path, headers, agent }, (response) => {
      response.resume().once("end", () => resolve(String(response.statusCode)));
    });
    sent.once("error", () => resolve("broken"));
    sent.end(body ?? undefined);
  });
}

function memoryOf(pid: number): number {
  const match = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
  return Number(match?.[1] ?? 0) * 1024;
}

/** What of it JavaScript uses, and what lies outside its heap. */
async function heapOf(url: string): Promise<string> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const read = (name: string) => Number(new RegExp(`^${name} (\\S+)$`, "m").exec(text)?.[1] ?? 0);
  const [heap, external] = [read("nodejs_heap_size_used_bytes"), read("nodejs_external_memory_bytes")];
  return `heap ${mebibytes(heap)}, outside ${mebibytes(external)}`;
}

function mebibytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(0)} MB`;
}
