import type { Logger } from "pino";
import type { Database } from "#db/connect";

/** What a module works with. `engineId` names this process in leases. */
export type EngineContext = { db: Database; engineId: string; log: Logger };

export type EngineResult = {
  /** Rows handled; 0 means there was nothing due. */
  worked: number;
  /** When the module next has something to do by itself, on the database's clock; null: only when woken. */
  nextAt: Date | null;
};

/**
 * One kind of due work. `run` claims what is due (row locks with `skip locked`, so any number of engines may call it), does it and
 * says when it is next needed. It may throw: the engine counts it, shows it in the health check and calls again.
 */
export type EngineModule = { name: string; run(engine: EngineContext): Promise<EngineResult> };
