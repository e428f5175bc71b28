import { SYSTEM } from "#lib/context";
import type { EngineModule } from "#lib/engine/module";
import { env } from "#lib/env";
import type { MailTransport } from "#lib/notifications/channels/mail-transport";
import { mailTransport } from "#lib/notifications/channels/registry";
import { queueDueReport } from "#lib/reports/commands/queue-due-reports";
import { nextReportAt, sendQueuedReports } from "#lib/reports/commands/send-queued-reports";

/** Queues reports that are due and sends what is queued. */
export function scheduledReportsModule(given?: { transport: MailTransport; baseUrl: string }): EngineModule {
  return {
    name: "scheduled-reports",
    async run({ db }) {
      const queued = (await queueDueReport({ db, actor: SYSTEM })) ? 1 : 0;
      const transport = given?.transport ?? mailTransport(db);
      const sent = await sendQueuedReports(db, transport, given?.baseUrl ?? env().url);
      return { worked: queued + sent, nextAt: await nextReportAt(db) };
    },
  };
}

export const runScheduledReports: EngineModule = scheduledReportsModule();
