import type { Metadata } from "next";
import { PageHeader } from "#components/layout/page-header";
import { InterruptionTable } from "#components/reports/interruption-table";
import { Forbidden } from "#components/ui/forbidden";
import { TextLink } from "#components/ui/link";
import { requireContext } from "#lib/auth/session";
import { AppError } from "#lib/errors";
import { leastRoleWith } from "#lib/people/permissions";
import { parseInterruptionFilter } from "#lib/reports/interruption-filter";
import { listInterruptions } from "#lib/reports/queries/interruptions";

export const metadata: Metadata = { title: "Interruptions" };

export default async function InterruptionsPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const [ctx, parameters] = await Promise.all([requireContext(), searchParams]);
  const list = await listInterruptions(ctx, parseInterruptionFilter(parameters)).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "forbidden") return null;
    throw error;
  });
  if (list === null)
    return <Forbidden what="Whom pages interrupt" role={leastRoleWith("audit.read")} grantedBy="An admin" />;
  return (
    <>
      <PageHeader
        title="Interruptions"
        description="Pushes, texts and calls about incidents, each by the clock of whom it interrupted."
      />
      <InterruptionTable {...list} />
      <p className="mt-4">
        <TextLink href="/reports/on-call-health">On-call health</TextLink>
      </p>
    </>
  );
}
