import { eq } from "drizzle-orm";
import { problems } from "#db/schema/problems";
import type { TransactionContext } from "#lib/context";
import { AppError } from "#lib/errors";

export type LockedProblem = typeof problems.$inferSelect;

/** The problem's row, held until the transaction ends. Throws `not_found`. */
export async function lockProblem({ tx }: TransactionContext, id: string): Promise<LockedProblem> {
  const [row] = await tx.select().from(problems).where(eq(problems.id, id)).for("update");
  if (!row) throw new AppError("not_found", `There is no problem ${id}.`);
  return row;
}
