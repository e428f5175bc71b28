const TELL_AFTER = 2_000;
const REDRAW_EVERY = 250;

/** A duration in milliseconds for a person: "0.4 s", "12 s", "3 min 5 s". */
export function formatDuration(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

export type RunningStep = {
  done: (remark?: string) => void;
  /** `explanation` goes on the lines below. */
  fail: (explanation?: string) => void;
};

/** Begins a step that a person can follow: a running line in a terminal, else a line if it lasts; then its outcome and time. */
export function beginStep(title: string): RunningStep {
  const started = Date.now();
  const running = showRunning(title, started);
  const end = (mark: string, remark?: string) => {
    running.stop();
    console.log(`  ${mark} ${title}${remark ? `: ${remark}` : ""} (${formatDuration(Date.now() - started)})`);
  };
  return {
    done: (remark) => end("✓", remark),
    fail: (explanation) => {
      end("✗");
      if (explanation) console.log(explanation);
    },
  };
}

/** Runs `work` as a step; `remark` says what came out of it. A step that throws is marked so and rethrown. */
export async function step<T>(
  title: string,
  work: () => Promise<T>,
  remark?: (result: T) => string,
): Promise<T> {
  const running = beginStep(title);
  try {
    const result = await work();
    running.done(remark?.(result));
    return result;
  } catch (error) {
    running.fail();
    throw error;
  }
}

function showRunning(title: string, started: number): { stop: () => void } {
  if (!process.stdout.isTTY) {
    const timer = setTimeout(() => console.log(`  … ${title}`), TELL_AFTER);
    return { stop: () => clearTimeout(timer) };
  }
  const draw = () => process.stdout.write(`\r\x1b[2K  … ${title} (${formatDuration(Date.now() - started)})`);
  draw();
  const timer = setInterval(draw, REDRAW_EVERY);
  return {
    stop: () => {
      clearInterval(timer);
      process.stdout.write("\r\x1b[2K");
    },
  };
}
