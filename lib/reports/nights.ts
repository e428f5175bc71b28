/** How many nights, and how many of them in a row at most, a person was woken. */
export type Nights = { nights: number; streak: number };

const DAYS = 2 ** 20;

/** The nights of each person, by codes of people and days counted from 1970, one a row; -1 is no night. */
export function nightsOf(person: Int32Array, night: Int32Array): Map<number, Nights> {
  const keys = new Float64Array(person.length);
  let count = 0;
  for (let place = 0; place < person.length; place += 1) {
    const day = night[place] ?? -1;
    if (day < 0) continue;
    keys[count] = (person[place] ?? 0) * DAYS + day;
    count += 1;
  }
  const found = new Map<number, Nights>();
  let last = -1;
  let run = 0;
  for (const key of keys.subarray(0, count).sort()) {
    if (key === last) continue;
    // Two people's nights are never neighbours: no day is as late as DAYS.
    run = key === last + 1 ? run + 1 : 1;
    last = key;
    const code = Math.floor(key / DAYS);
    const { nights, streak } = found.get(code) ?? { nights: 0, streak: 0 };
    found.set(code, { nights: nights + 1, streak: Math.max(streak, run) });
  }
  return found;
}
