import { Mail, Phone, TriangleAlert } from "lucide-react";
import { LocalTime } from "#components/on-call/local-time";
import { Time } from "#components/time/time";
import { buttonClass } from "#components/ui/button";
import { PersonChip } from "#components/ui/person-chip";
import type { OnCallLevel } from "#lib/on-call/client";

/** How to reach somebody directly, as far as the viewer may know. */
export type Contact = { email: string | null; phone: string | null };

interface LevelPeopleProps {
  level: OnCallLevel;
  contacts: Readonly<Record<string, Contact>>;
}

/** Who one level would tell now: each person with their clock, until when, and how to call them. */
export function LevelPeople({ level, contacts }: LevelPeopleProps) {
  if (level.people.length === 0) return <Nobody backAt={level.backAt} />;
  return (
    <ul className="flex flex-col gap-2">
      {level.people.map(({ user, until, schedule }) => (
        <li key={`${user.id} ${schedule?.id ?? ""}`} className="flex items-start gap-1">
          <div className="flex min-w-0 flex-1 flex-col gap-0.5">
            <PersonChip person={user} href={`/people/${user.id}`} className="font-medium" />
            <span className="flex flex-wrap items-center gap-x-2 pl-6.5 text-meta text-text-3">
              {until === null ? (
                <span>{schedule === null ? "always" : "no end"}</span>
              ) : (
                <span>
                  until <Time at={until} format="date-time" />
                </span>
              )}
              <LocalTime zone={user.timeZone} />
            </span>
          </div>
          <ContactLinks name={user.name} contact={contacts[user.id]} />
        </li>
      ))}
    </ul>
  );
}

function Nobody({ backAt }: { backAt: string | null }) {
  return (
    <p className="flex items-start gap-1.5 text-table font-medium text-status-red-fg">
      <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
      {backAt === null ? (
        "No one, and no shift ahead"
      ) : (
        <span>
          No one until <Time at={backAt} format="date-time" />
        </span>
      )}
    </p>
  );
}

function ContactLinks({ name, contact }: { name: string; contact: Contact | undefined }) {
  if (contact === undefined) return null;
  const shape = buttonClass({
    variant: "ghost",
    size: "small",
    className: "w-7 px-0 touch:w-control touch:px-0",
  });
  return (
    <span className="flex shrink-0">
      {contact.phone === null ? null : (
        <a href={`tel:${contact.phone}`} aria-label={`Call ${name}`} title={contact.phone} className={shape}>
          <Phone aria-hidden />
        </a>
      )}
      {contact.email === null ? null : (
        <a
          href={`mailto:${contact.email}`}
          aria-label={`Write to ${name}`}
          title={contact.email}
          className={shape}
        >
          <Mail aria-hidden />
        </a>
      )}
    </span>
  );
}
