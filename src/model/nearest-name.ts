/** The name, of one or more, that the fewest edits make of this one (Levenshtein), in either case. */
export function nearestName(name: string, known: Iterable<string>): string {
  const [first, ...others] = known as Iterable<string> & [string]
  const from = name.slice(0, MOST_LETTERS).toLowerCase()
  let [best, fewest] = [first, distance(from, first)]
  for (const other of others) {
    // Letters that one name has more than the other are edits at least.
    if (Math.abs(other.length - from.length) >= fewest) continue
    const edits = distance(from, other)
    if (edits < fewest) [best, fewest] = [other, edits]
  }
  return best
}

/** Longer than any name that is known: of more, the rest cannot make it nearer. */
const MOST_LETTERS = 64

function distance(from: string, known: string): number {
  const to = known.toLowerCase()
  let row = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (let i = 1; i <= from.length; i++) {
    const next = [i]
    for (let j = 1; j <= to.length; j++) {
      const swap = (row[j - 1] as number) + Number(from[i - 1] !== to[j - 1])
      next.push(Math.min(swap, (row[j] as number) + 1, (next[j - 1] as number) + 1))
    }
    row = next
  }
  return row[to.length] as number
}
