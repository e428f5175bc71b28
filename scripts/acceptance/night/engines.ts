import { startMailbox } from "#scripts/acceptance/mailbox";
import type { Mailbox } from "#scripts/acceptance/mailbox";
import type { Stage } from "#scripts/acceptance/stage";

type Slot = { mailbox: Mailbox; pid: number | null; starting: Promise<void> };

export type Engines = {
  /** Kills the next engine to send a mail after it has handed it over and before it can write that down. */
  armKill: () => void;
  /** Process ids of those that live. */
  living: () => number[];
  /** Message-IDs of mails whose sender was killed while it was sending them. */
  killedAt: ReadonlySet<string>;
  kills: () => number;
  received: () => string[];
};

/** Two engines, each with a mail server of its own by which it is known when it sends; who is killed is replaced. */
export async function startEngines(stage: Stage, isMailAway: () => boolean): Promise<Engines> {
  const killedAt = new Set<string>();
  let armed = false;
  let ended = false;
  let kills = 0;
  const slots: Slot[] = [];
  const open = async (index: number): Promise<Slot> => {
    const slot: Slot = {
      pid: null,
      starting: Promise.resolve(),
      mailbox: await startMailbox(({ messageId }) => {
        if (isMailAway()) return "refused";
        if (armed && !ended && slot.pid !== null) {
          armed = false;
          kills += 1;
          killedAt.add(messageId);
          process.kill(slot.pid, "SIGKILL");
          slot.pid = null;
          slot.starting = start(slot);
        }
        return "taken";
      }),
    };
    slots[index] = slot;
    stage.finally(slot.mailbox.stop);
    await start(slot);
    return slot;
  };
  const start = async (slot: Slot): Promise<void> => {
    const { pid } = await stage.start({
      SMTP_URL: slot.mailbox.url,
      TOUCHLINE_ROLE: "engine",
      ALLOW_PRIVATE_DESTINATIONS: "true",
      LOG_LEVEL: "error",
    });
    slot.pid = pid;
  };
  await open(0);
  await open(1);
  stage.finally(async () => {
    ended = true;
    await Promise.all(slots.map(({ starting }) => starting));
  });
  return {
    armKill: () => {
      armed = true;
    },
    living: () => slots.flatMap(({ pid }) => (pid === null ? [] : [pid])),
    killedAt,
    kills: () => kills,
    received: () => slots.flatMap(({ mailbox }) => mailbox.mails.map(({ messageId }) => messageId)),
  };
}
