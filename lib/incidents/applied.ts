import type { IncidentChange, IncidentState, Person } from "#lib/incidents/incident";

/** The incident after a transition, as it would be read back. */
export function applied(
  state: IncidentState,
  change: IncidentChange,
  nameOf: (userId: string) => string,
): IncidentState {
  const { policySnapshot, ...patch } = change.patch;
  const personOf = (userId: string): Person => ({ userId, name: nameOf(userId) });
  return {
    ...state,
    ...patch,
    policy: policySnapshot ?? state.policy,
    step: change.pages ? state.step + 1 : state.step,
    generation: state.generation + 1,
    assignees: change.assignees?.map(personOf) ?? state.assignees,
    acknowledgers: change.acknowledgers?.map(personOf) ?? state.acknowledgers,
    pending: change.pending ?? state.pending,
  };
}
