import { Card } from "#components/ui/card";
import { Fact, Facts } from "#components/ui/facts";
import { TextLink } from "#components/ui/link";
import type { Service } from "#lib/services/client";
import type { ConstantUrgency, UrgencyRule } from "#lib/services/service";
import { formatDuration } from "#lib/time/format";

const DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/** The settings as they are, for those who may not change them. */
export function ServiceFacts({ service }: { service: Service }) {
  return (
    <Card title="Settings" subtitle="A manager can change them">
      <Facts>
        <Fact term="Escalation policy">
          <TextLink href={`/escalation/${service.policy.slug}`}>{service.policy.name}</TextLink>
        </Fact>
        <Fact term="Urgency">{describeUrgency(service)}</Fact>
        <Fact term="Low urgency">
          {service.escalateLowUrgency ? "Escalates too." : "Does not escalate."}
          {service.queueLowUrgency && service.supportHours
            ? ` Tells nobody outside ${hoursText(service.supportHours)}.`
            : ""}
        </Fact>
        {service.withholdDetails ? <Fact term="Texts and calls">Without details</Fact> : null}
        <Fact term="Pages again">
          {timer(service.acknowledgementTimeout, "after it was acknowledged for")}
        </Fact>
        <Fact term="Resolves by itself">{timer(service.autoResolveTimeout, "after")}</Fact>
        <Fact term="Reopens">{timer(service.reopenWithin, "when the same alert comes within")}</Fact>
      </Facts>
    </Card>
  );
}

function timer(seconds: number | null, words: string): string {
  return seconds === null ? "Never" : `${words} ${formatDuration(seconds * 1000)}`;
}

function describeUrgency({ urgencyRule, supportHours }: Service): string {
  if (urgencyRule.type === "constant") return constant(urgencyRule);
  return [describeHours(urgencyRule), supportHours ? hoursText(supportHours) : ""].join(" ").trim();
}

function describeHours(rule: Extract<UrgencyRule, { type: "use_support_hours" }>): string {
  return `${constant(rule.duringSupportHours)} during support hours, ${constant(rule.outsideSupportHours).toLowerCase()} outside.`;
}

function hoursText({ daysOfWeek, startTime, endTime, timeZone }: NonNullable<Service["supportHours"]>) {
  const days = daysOfWeek.map((day) => DAYS[day - 1] ?? "").join(", ");
  return `${days} ${startTime.slice(0, 5)} to ${endTime.slice(0, 5)} (${timeZone})`;
}

function constant({ urgency }: ConstantUrgency): string {
  return { high: "High", low: "Low", severity_based: "By the severity of the alert" }[urgency];
}
