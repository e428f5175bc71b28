import { DependencyEditor } from "#components/services/dependency-editor";
import { requireContext } from "#lib/auth/session";
import { orNotFound } from "#lib/http/or-not-found";
import { hasPermission } from "#lib/people/permissions";
import { listDependencies } from "#lib/services/queries/dependencies";
import { getService, listServices } from "#lib/services/queries/services";

export default async function DependenciesPage({ params }: { params: Promise<{ slug: string }> }) {
  const [ctx, { slug }] = await Promise.all([requireContext(), params]);
  const service = await orNotFound(getService(ctx, slug));
  const canConfigure = hasPermission(ctx.actor.role, "configure");
  const [{ uses, usedBy }, others] = await Promise.all([
    listDependencies(ctx, service.id),
    canConfigure ? listServices(ctx).then(({ services }) => services) : [],
  ]);
  return (
    <DependencyEditor
      key={service.id}
      serviceId={service.id}
      uses={uses}
      usedBy={usedBy}
      others={others.filter(({ id }) => id !== service.id).map(({ id, name }) => ({ id, name }))}
      canConfigure={canConfigure}
    />
  );
}
