/** Two pixels under the page header while data is fetched again; the data stays. Shows after 400 ms. */
export function ProgressLine({ active }: { active: boolean }) {
  return (
    <div aria-hidden className="relative h-0.5 overflow-hidden">
      {active ? <div className="late absolute inset-y-0 w-1/4 animate-progress bg-accent" /> : null}
    </div>
  );
}
