import type { contactMethods, notificationRules } from "#db/schema/people";
import type { DemoPerson } from "#db/seed/demo/catalogue";
import { DEMO_RESPONDER } from "#db/seed/demo/staff";
import { newId } from "#lib/ids";

type Method = typeof contactMethods.$inferInsert;
type Rule = typeof notificationRules.$inferInsert;

export type DemoReach = { methods: Method[]; rules: Rule[] };

/** What keeps some from being reached, so that readiness has something to say. Whoever isn't named here is ready. */
const FAULTS: Readonly<
  Record<string, "mail alone" | "nothing left" | "failing" | "unverified" | "low forgotten">
> = {
  [DEMO_RESPONDER]: "mail alone",
  "Wyatt Sorensen": "mail alone",
  "Cillian Doyle": "mail alone",
  "Elias Haddad": "nothing left",
  "Oliver Nguyen": "failing",
  "Harriet Lowe": "unverified",
  "Bruno Azevedo": "low forgotten",
};
const DAY = 86_400_000;

/**
 * How a demo person is reached: by push on a phone and by mail, with the faults above. The phones have no keys of a browser, so that
 * nothing leaves this house: a page to one fails at once, and the mail comes.
 */
export function reachOf(
  person: Pick<DemoPerson, "name"> & { id: string; email: string; contactMethodId: string },
  since: Date,
  now: Date,
): DemoReach {
  const fault = FAULTS[person.name];
  const made = { userId: person.id, createdAt: since };
  const ago = (days: number) => new Date(now.getTime() - days * DAY);
  const mail: Method = {
    id: person.contactMethodId,
    channel: "email",
    label: "Work",
    address: person.email,
    verifiedAt: since,
    lastDeliveredAt: ago(fault === "nothing left" ? 12 : 4),
    ...made,
    ...(fault === "nothing left"
      ? {
          enabled: false,
          lastFailedAt: ago(9),
          lastError: "The mail server refused it: 550 5.1.1 no such mailbox.",
        }
      : {}),
  };
  const phone: Method = {
    id: newId(since.getTime()),
    channel: "push",
    label: "Phone",
    address: `https://push.example.invalid/${person.id}`,
    ...(fault === "unverified" ? { verifiedAt: null } : { verifiedAt: since, lastDeliveredAt: ago(4) }),
    ...made,
    ...(fault === "failing"
      ? { lastDeliveredAt: ago(20), lastFailedAt: ago(3), lastError: "The push service answered 503." }
      : {}),
  };
  const rule = (urgency: "high" | "low", delayMinutes: number, method: Method): Rule => ({
    id: newId(since.getTime()),
    urgency,
    delayMinutes,
    contactMethodId: method.id,
    ...made,
  });
  if (fault === "mail alone" || fault === "nothing left") {
    return { methods: [mail], rules: [rule("high", 0, mail), rule("high", 5, mail), rule("low", 0, mail)] };
  }
  const low = fault === "low forgotten" ? [] : [rule("low", 0, mail)];
  return { methods: [mail, phone], rules: [rule("high", 0, phone), rule("high", 2, mail), ...low] };
}
