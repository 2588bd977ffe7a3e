/** Counts of people below this could point at somebody. */
export const LEAST_SHOWN = 5

/** A row of counts that add up, over the rows of a table, to those of its total. */
export interface Countable {
  readonly counts: readonly number[]
}

/** Which rows of a table stay hidden, and whether its total does. */
export interface Hidden {
  readonly rows: readonly boolean[]
  readonly total: boolean
}

/**
 * Hides every row with a count of 1 to 4, whole, and then the smallest others until what is hidden
 * cannot be found by taking the shown rows from the total: at least two rows, and each count of
 * theirs together 0 or at least 5. A total that is itself too small is hidden as well.
 */
export function suppress(rows: readonly Countable[], total: Countable): Hidden {
  const hidden = rows.map(({ counts }) => counts.some(isSmall))
  const smallest = rows
    .map((row, index) => ({ index, size: Math.max(...row.counts) }))
    .sort((a, b) => a.size - b.size)
    .map(({ index }) => index)
  while (canBeFound(rows, hidden)) {
    const next = smallest.find((index) => !hidden[index])
    if (next === undefined) break
    hidden[next] = true
  }
  return { rows: hidden, total: total.counts.some(isSmall) }
}

function isSmall(count: number): boolean {
  return count > 0 && count < LEAST_SHOWN
}

function canBeFound(rows: readonly Countable[], hidden: readonly boolean[]): boolean {
  const away = rows.filter((_, index) => hidden[index])
  if (away.length === 0) return false
  if (away.length === 1) return true
  const sums = (away[0] as Countable).counts.map((_, place) =>
    away.reduce((sum, { counts }) => sum + (counts[place] as number), 0),
  )
  return sums.some(isSmall)
}
