import { PageHeader } from "#components/layout/page-header";
import { TableSkeleton } from "#components/ui/skeleton";

export default function IntakeErrorsLoading() {
  return (
    <>
      <PageHeader title="Intake errors" />
      <TableSkeleton rows={10} columns={4} />
    </>
  );
}
