/** How much of a name is read. */
const READ = 64

/** The known name with the fewest edits from a name, of equals the first; empty where none is known. */
export function nearestName(name: string, known: Iterable<string>): string {
  const wanted = name.slice(0, READ).toLowerCase()
  let [nearest, least] = ['', Number.POSITIVE_INFINITY]
  for (const one of known) {
    // So many letters have to be added or taken away at least.
    if (Math.abs(Math.min(one.length, READ) - wanted.length) >= least) continue
    const edits = distance(wanted, one.slice(0, READ).toLowerCase())
    if (edits < least) [nearest, least] = [one, edits]
  }
  return nearest
}

/** Edits that turn one text into another (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const swap = (row[j - 1] as number) + Number(a[i - 1] !== b[j - 1])
      next.push(Math.min(swap, (row[j] as number) + 1, (next[j - 1] as number) + 1))
    }
    row = next
  }
  return row[b.length] as number
}
