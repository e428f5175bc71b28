import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { randomFrom } from "#lib/statistics/random";
import { createTemplate, createTestDatabase } from "#lib/testing/test-database";
import type { TestDatabase } from "#lib/testing/test-database";
import type { MailSink } from "#scripts/crash-test/mail-sink";
import { startMailSink } from "#scripts/crash-test/mail-sink";
import { makePagedService } from "#scripts/crash-test/paged-service";
import type { Senders } from "#scripts/crash-test/senders";
import { startSenders } from "#scripts/crash-test/senders";
import { waitUntilDone } from "#scripts/crash-test/settle";
import type { Findings } from "#scripts/crash-test/verdict";
import { findFaults } from "#scripts/crash-test/verdict";
import { freePort } from "#scripts/setup/free-port";
import { step } from "#scripts/setup/progress";
import type { RunningServer } from "#scripts/setup/server";
import { startServer } from "#scripts/setup/server";
import { startThrowAwayPostgres } from "#scripts/setup/throw-away-postgres";

export type CrashTestOptions = {
  kills: number;
  /** Each of a key of its own. */
  events: number;
  seed: number;
  /** Clients that say again, as fast as they can, what is known already. */
  flood: number;
};

export type CrashReport = Findings & {
  options: CrashTestOptions;
  senders: { keys: number; events: number; retries: number };
  sink: { mails: number; repeated: number };
};

const SENDERS = 8;
/** A life between being healthy and being killed, in milliseconds: from hardly begun to well under way. */
const SHORTEST_LIFE = 20;
const LONGEST_LIFE = 1_500;

/**
 * Sends events to a production server that is killed (SIGKILL) `kills` times at moments drawn from `seed`, then looks at what is left: every
 * event that was answered with success must have become an alert, an incident and a page that was sent.
 */
export async function runCrashTest(options: CrashTestOptions, signal: AbortSignal): Promise<CrashReport> {
  const cleanups: (() => Promise<void> | void)[] = [];
  try {
    const postgres = await step("Throw-away database", startThrowAwayPostgres);
    cleanups.push(postgres.stop);
    const database = await createTestDatabase(postgres.url(), await createTemplate(postgres.url()));
    cleanups.push(database.drop);
    const sink = await startMailSink();
    cleanups.push(sink.stop);
    const folder = mkdtempSync(join(tmpdir(), "touchline-crash-"));
    cleanups.push(() => rmSync(folder, { recursive: true, force: true }));
    return await attack({ ...options, database, sink, folder, signal, cleanups });
  } finally {
    for (const cleanup of cleanups.toReversed()) await cleanup();
  }
}

type Attack = CrashTestOptions & {
  database: TestDatabase;
  sink: MailSink;
  folder: string;
  signal: AbortSignal;
  cleanups: (() => Promise<void> | void)[];
};

async function attack({ database, sink, signal, cleanups, ...rest }: Attack): Promise<CrashReport> {
  const { kills, events, seed, flood, folder } = rest;
  const { key } = await makePagedService(database.db);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const start = () =>
    startServer(
      {
        port,
        host: "127.0.0.1",
        databaseUrl: database.url,
        secret: "the secret of a crash test, which nobody needs to keep",
        publicUrl: url,
        dev: false,
        folder,
        logFile: join(folder, "server.log"),
        env: { SMTP_URL: `smtp://127.0.0.1:${sink.port}`, LOG_LEVEL: "warn" },
      },
      signal,
    );
  const senders = startSenders({ url, key, seed, events, count: SENDERS, flood });
  const server = await step(`${kills} kills while ${events} events come in`, () =>
    killAgainAndAgain({ kills, events, seed, start, senders, signal }),
  );
  cleanups.push(server.stop);
  await step("The rest of the events", () => senders.finished);
  await step("Until nothing is left to do", () => waitUntilDone(database, signal));
  return {
    ...(await findFaults(database.sql, { accepted: senders.accepted, taken: sink.taken })),
    options: { kills, events, seed, flood },
    senders: {
      keys: senders.accepted.size,
      events: [...senders.accepted.values()].reduce((sum, count) => sum + count, 0),
      retries: senders.retries(),
    },
    sink: {
      mails: [...sink.taken.values()].reduce((sum, times) => sum + times, 0),
      repeated: [...sink.taken.values()].filter((times) => times > 1).length,
    },
  };
}

async function killAgainAndAgain(options: {
  kills: number;
  events: number;
  seed: number;
  start: () => Promise<RunningServer>;
  senders: Senders;
  signal: AbortSignal;
}): Promise<RunningServer> {
  const { kills, events, seed, start, senders, signal } = options;
  const random = randomFrom(seed);
  const share = Math.ceil(events / (kills + 1));
  for (let kill = 0; kill < kills; kill += 1) {
    const server = await start();
    senders.release(share);
    await delay(SHORTEST_LIFE + random() * (LONGEST_LIFE - SHORTEST_LIFE), undefined, { signal });
    process.kill(server.pid, "SIGKILL");
    await server.ended;
  }
  const server = await start();
  senders.release(events);
  return server;
}

/** The report for a person. */
export function reportText({ options, senders, sink, counts, faults }: CrashReport): string {
  const lines = [
    `${options.kills} kills, ${options.events} problems, ${options.flood} clients that flood, seed ${options.seed}`,
    `  answered with success   ${senders.events} events of ${senders.keys} keys (${senders.retries} requests were tried again)`,
    `  in the inbox            ${counts.inbox} events (${counts.repeatedEvents} keys more than once)`,
    `  alerts / incidents      ${counts.alerts} / ${counts.incidents}`,
    `  pages / deliveries      ${counts.pages} / ${counts.deliveries} (${counts.accepted} accepted)`,
    `  taken by the mail sink  ${sink.mails} mails; ${sink.repeated} Message-IDs more than once`,
    "",
    ...(faults.length === 0
      ? ["Nothing was lost, nobody was paged twice for one step."]
      : faults.map((fault) => `✗ ${fault}`)),
  ];
  return lines.join("\n");
}
