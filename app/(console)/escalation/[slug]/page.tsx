import { cache } from "react";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ApplyPolicy } from "#components/escalation/apply-policy";
import { CoverageCallout } from "#components/escalation/coverage-callout";
import { Ladder } from "#components/escalation/ladder";
import { TrialSteps } from "#components/escalation/trial-steps";
import { TrialTime } from "#components/escalation/trial-time";
import { PageHeader } from "#components/layout/page-header";
import { LiveRefresh } from "#components/live/live-refresh";
import { Card } from "#components/ui/card";
import { ButtonLink, TextLink } from "#components/ui/link";
import { requireContext } from "#lib/auth/session";
import { AppError } from "#lib/errors";
import { settingOf } from "#lib/escalation/policy";
import { countOlderCopies } from "#lib/escalation/queries/older-copies";
import { listPolicyGaps } from "#lib/escalation/queries/policy-gaps";
import { getPolicy } from "#lib/escalation/queries/policies";
import type { PolicyDto } from "#lib/escalation/queries/policies";
import { tryPolicy } from "#lib/escalation/queries/trial";
import { endAtWallClock } from "#lib/on-call/override-edit";
import { rotationWallClock } from "#lib/on-call/rotation-start";
import { hasPermission } from "#lib/people/permissions";

type Props = {
  params: Promise<{ slug: string }>;
  searchParams: Promise<{ at?: string | string[]; urgency?: string | string[] }>;
};

const readPolicy = cache(async (slug: string): Promise<PolicyDto> => {
  try {
    return await getPolicy(await requireContext(), slug);
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") notFound();
    throw error;
  }
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await readPolicy((await params).slug)).name };
}

export default async function PolicyPage({ params, searchParams }: Props) {
  const [ctx, { slug }, { at, urgency }] = await Promise.all([requireContext(), params, searchParams]);
  const policy = await readPolicy(slug);
  const { timeZone } = ctx.actor;
  const asked = typeof at === "string" ? endAtWallClock(at, timeZone) : null;
  const wish = urgency === "low" ? { urgency: "low" as const, escalateLowUrgency: true } : {};
  const [trial, gaps, older] = await Promise.all([
    tryPolicy(ctx, { ...trialOf(policy, asked), ...wish }),
    listPolicyGaps(ctx, [policy.id]),
    countOlderCopies(ctx, policy),
  ]);
  const canConfigure = hasPermission(ctx.actor.role, "configure");
  const ownGaps = gaps.get(policy.id);
  return (
    <>
      <LiveRefresh entities={["escalation_policy", "schedule", "user", "service"]} />
      <PageHeader
        title={policy.name}
        trail={policy.name}
        before={
          policy.team === null ? undefined : (
            <TextLink tone="quiet" href={`/teams/${policy.team.slug}`}>
              {policy.team.name}
            </TextLink>
          )
        }
        description={policy.description ?? undefined}
        actions={
          canConfigure ? (
            <ButtonLink href={`/escalation/${policy.slug}/edit`} variant="primary">
              Edit policy
            </ButtonLink>
          ) : undefined
        }
      />
      <div className="mb-4 flex flex-col gap-3 empty:hidden">
        {ownGaps === undefined ? null : <CoverageCallout gaps={ownGaps} />}
        {older === 0 ? null : (
          <ApplyPolicy policy={{ id: policy.id, name: policy.name }} count={older} canApply={canConfigure} />
        )}
      </div>
      <div className="grid items-start gap-4 lg:grid-cols-2 lg:grid-rows-[auto_1fr]">
        <section aria-labelledby="ladder" className="min-w-0">
          <h2 id="ladder" className="mb-2 text-body font-semibold">
            Levels and who that is now
          </h2>
          <Ladder policy={policy} />
        </section>
        <Card
          className="lg:row-span-2"
          title={asked === null ? "If it fires now" : "If it fires then"}
          subtitle="And nobody acknowledges. Nobody is told by looking at this."
        >
          <TrialTime
            key={trial.at}
            slug={policy.slug}
            at={rotationWallClock(timeZone, new Date(trial.at)).slice(0, 16)}
            isNow={asked === null}
            timeZone={timeZone}
            urgency={urgency === "low" ? "low" : "high"}
          />
          <TrialSteps steps={trial.steps} />
        </Card>
        <UsedBy services={policy.services} />
      </div>
    </>
  );
}

function UsedBy({ services }: { services: PolicyDto["services"] }) {
  return (
    <Card title="Used by" subtitle={services.length === 1 ? "1 service" : `${services.length} services`}>
      {services.length === 0 ? (
        <p className="text-text-2">No service uses it, so nothing starts it.</p>
      ) : (
        <ul className="grid gap-x-6 sm:grid-cols-2">
          {services.map(({ id, slug, name }) => (
            <li key={id}>
              <TextLink tone="quiet" className="inline-block min-h-6 touch:py-2" href={`/services/${slug}`}>
                {name}
              </TextLink>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function trialOf(policy: PolicyDto, at: Date | null) {
  const { id: policyId, name, numLoops, team, fallback, levels, nobodyAnswered } = policy;
  return {
    policyId,
    nobodyAnswered: settingOf(nobodyAnswered),
    name,
    numLoops,
    teamId: team?.id ?? null,
    fallbackUserId: fallback?.id ?? null,
    levels: levels.map(({ position: _position, nextTargetId: _next, targets, ...level }) => ({
      ...level,
      targets: targets.map(({ type, id }) => ({ type, id })),
    })),
    ...(at === null ? {} : { at: at.toISOString() }),
  };
}
