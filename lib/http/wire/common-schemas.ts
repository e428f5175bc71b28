import { z } from "zod";

/** A reference in a request: only the id counts; the type comes in many forms and is not looked at. */
export const referenceSchema = z.object({ id: z.string().min(1, "can't be blank") });

/** Words of a repeated query key: `statuses[]=a&statuses[]=b`, repeated without brackets, or one. */
export const words = z
  .union([z.string(), z.array(z.string())])
  .default([])
  .transform((given) => [given].flat().filter((word) => word !== ""))
  .meta({ type: "array", items: { type: "string" } });

/** `true`, `1`, `false` or `0`. */
export const flag = z
  .enum(["true", "1", "false", "0", ""])
  .default("false")
  .transform((given) => given === "true" || given === "1")
  .meta({ type: "boolean" });

/** One value of a query key: the first, should a client repeat it. */
export const one = z.union([z.string(), z.array(z.string()).transform((all) => all[0] ?? "")]).optional();
