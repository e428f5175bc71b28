import { startMailbox } from "#scripts/acceptance/mailbox";
import type { Mailbox } from "#scripts/acceptance/mailbox";
import type { Stage } from "#scripts/acceptance/stage";

/** What came, by the key of its delivery or bundle, and when by the night's own clock. */
export type Arrival = { key: string; at: number };

type Slot = { mailbox: Mailbox; arrivals: Arrival[]; pid: number | null; starting: Promise<void> };

export type Engines = {
  /** Kills the next engine to send a mail after it has handed it over and before it can write that down. */
  armKill: () => void;
  /** Process ids of those that live. */
  living: () => number[];
  /** Process ids of those that were killed. */
  killed: () => readonly number[];
  /** Mails in the order of their arrival at each engine's server. */
  received: () => Arrival[];
};

/** Two engines, each with a mail server of its own by which it is known when it sends; who is killed is replaced. */
export async function startEngines(
  stage: Stage,
  { isMailAway, now }: { isMailAway: () => boolean; now: () => number },
): Promise<Engines> {
  let armed = false;
  let ended = false;
  const killed: number[] = [];
  const slots: Slot[] = [];
  const open = async (index: number): Promise<Slot> => {
    const slot: Slot = {
      pid: null,
      arrivals: [],
      starting: Promise.resolve(),
      mailbox: await startMailbox(({ messageId }) => {
        if (isMailAway()) return "refused";
        slot.arrivals.push({ key: keyOf(messageId), at: now() });
        if (armed && !ended && slot.pid !== null) {
          armed = false;
          killed.push(slot.pid);
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
    killed: () => killed,
    received: () => slots.flatMap(({ arrivals }) => arrivals),
  };
}

/** `<delivery.Q…@host>` */
function keyOf(messageId: string): string {
  return /delivery\.(\w+)@/.exec(messageId)?.[1] ?? messageId;
}
