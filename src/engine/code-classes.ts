/**
 * Which codes comparisons tell apart: codes that stand in the same lists are of one class. Gives the
 * class of every code, numbered from 0 in the order of their first mention; `lists` are the codes of
 * each comparison.
 */
export function codeClasses(lists: readonly (readonly string[])[]): ReadonlyMap<string, number> {
  const standsIn = new Map<string, number[]>()
  lists.forEach((list, place) => {
    for (const code of new Set(list)) {
      const places = standsIn.get(code)
      if (places === undefined) standsIn.set(code, [place])
      else places.push(place)
    }
  })
  const numbers = new Map<string, number>()
  const classes = new Map<string, number>()
  for (const [code, places] of standsIn) {
    const key = places.join()
    const number = numbers.get(key) ?? numbers.size
    numbers.set(key, number)
    classes.set(code, number)
  }
  return classes
}

/** How many classes there are. */
export function classCount(classes: ReadonlyMap<string, number>): number {
  return new Set(classes.values()).size
}
