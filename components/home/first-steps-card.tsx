import { CircleCheck, Circle } from "lucide-react";
import { Card } from "#components/ui/card";
import { TextLink } from "#components/ui/link";
import { FIRST_STEPS } from "#lib/organisation/first-steps";
import type { FirstStep, FirstSteps } from "#lib/organisation/first-steps";

const STEPS: Record<FirstStep, { label: string; why: string; href: (steps: FirstSteps) => string }> = {
  reach: {
    label: "Make sure a page wakes you",
    why: "Add push or your phone to your contact methods, and send yourself a test.",
    href: () => "/me/notifications",
  },
  monitor: {
    label: "Connect a monitor",
    why: "Give it the key of an integration; each source has its steps there. Or create a service of your own first.",
    href: ({ serviceSlug }) =>
      serviceSlug === null ? "/services/new" : `/services/${serviceSlug}/integrations`,
  },
  people: {
    label: "Add the people who share the load",
    why: "Nobody is on call alone for long.",
    href: () => "/people",
  },
  schedule: {
    label: "Make a schedule",
    why: "Who is on call when; it is previewed before it counts.",
    href: () => "/schedules/new",
  },
  policy: {
    label: "Let the escalation policy page that schedule",
    why: "Then events go to whoever is on call, and to the next if they don’t answer.",
    href: ({ policySlug }) => (policySlug === null ? "/escalation/new" : `/escalation/${policySlug}/edit`),
  },
};

/** What a new organisation does first, and what of it is done. */
export function FirstStepsCard({ steps }: { steps: FirstSteps }) {
  return (
    <Card title="First steps" subtitle={`${steps.done.length} of ${FIRST_STEPS.length} done`}>
      <ol className="flex flex-col gap-3">
        {FIRST_STEPS.map((step) => {
          const { label, why, href } = STEPS[step];
          const isDone = steps.done.includes(step);
          const Icon = isDone ? CircleCheck : Circle;
          return (
            <li key={step} className="flex gap-2.5">
              <Icon
                aria-hidden
                className={`mt-0.5 size-4 shrink-0 ${isDone ? "text-status-green-fg" : "text-text-3"}`}
              />
              <div className="min-w-0">
                <TextLink href={href(steps)} className="inline-block min-h-6 text-body font-medium">
                  {label}
                </TextLink>
                {isDone ? <span className="text-table text-text-3"> · done</span> : null}
                {isDone ? null : <p className="text-table text-text-2">{why}</p>}
              </div>
            </li>
          );
        })}
      </ol>
    </Card>
  );
}
