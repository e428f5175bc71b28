import { Coalescer } from "#lib/events/commands/coalescer";
import { FloodCounter } from "#lib/events/commands/flood-counter";
import { newIntakeConnection } from "#lib/events/commands/intake-connection";
import type { IntakeConnection } from "#lib/events/commands/intake-connection";
import { IntakeQueue } from "#lib/events/commands/intake-queue";
import { writeFloods } from "#lib/events/commands/write-floods";
import { writeInbox } from "#lib/events/commands/write-inbox";
import { isTransient } from "#lib/database-errors";
import { env } from "#lib/env";
import { log } from "#lib/log";
import { metrics } from "#lib/metrics";

export type Intake = {
  connection: IntakeConnection;
  queue: IntakeQueue;
  /** For what keys send beyond their limits. */
  coalescer: Coalescer;
  floods: FloodCounter;
};

/** So many keys wait on average while the database keeps up with what comes, and so many when it no longer does. */
const EASY_KEYS = 40;
const FULL_KEYS = 52;

const shared = globalThis as typeof globalThis & { touchlineIntake?: Intake };

/** The one way into the inbox of this process. It lives on globalThis since Next keeps several copies of a module in one process. */
export function intake(): Intake {
  shared.touchlineIntake ??= open();
  return shared.touchlineIntake;
}

function open(): Intake {
  const connection = newIntakeConnection(env().databaseUrl);
  const batchEvents = metrics().intakeBatchEvents;
  const queue = new IntakeQueue({
    write: (entries, options) => connection.run((sql) => writeInbox(sql, entries, options)),
    isTransient,
    onFailure: (error, entries) => log().error({ err: error, entries }, "events could not be written"),
    onBatch: (events) => batchEvents.observe(events),
  });
  const coalescer = new Coalescer({
    submit: (row) => queue.submit({ events: [row], unread: [], changes: [] }),
  });
  const floods = new FloodCounter(
    (counts) => connection.run((sql) => writeFloods(sql, counts)),
    (error) => log().warn({ err: error }, "what keys sent beyond their limits could not be written down"),
  );
  return { connection, queue, coalescer, floods };
}

/** How far events wait to be written by this process, and not just for a moment: from 0, not at all, to 1, the door is full. */
export function intakePressure(): number {
  const keys = shared.touchlineIntake?.queue.load ?? 0;
  return Math.min(Math.max((keys - EASY_KEYS) / (FULL_KEYS - EASY_KEYS), 0), 1);
}

/** Writes what waits, then closes the intake's connections. */
export async function stopIntake(): Promise<void> {
  const running = shared.touchlineIntake;
  if (!running) return;
  running.coalescer.flush();
  await running.queue.drained();
  await running.floods.flush();
  delete shared.touchlineIntake;
  await running.connection.end();
}
