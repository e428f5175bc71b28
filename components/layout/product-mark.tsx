/** A line and the ball that touches it. */
export function ProductMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" className={className}>
      <rect width="24" height="24" rx="6" fill="var(--ink)" />
      <path d="M7 4.5v15" stroke="var(--on-ink)" strokeWidth="2.25" strokeLinecap="round" />
      <circle cx="13.6" cy="12" r="4.4" fill="none" stroke="var(--on-ink)" strokeWidth="2.25" />
    </svg>
  );
}
