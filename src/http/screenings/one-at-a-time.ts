import { Problem } from '../../model/errors.js'

/** Work that is done one after the other; what was given up before its turn is never begun. */
export type Lane = <T>(signal: AbortSignal, work: () => Promise<T>) => Promise<T>

/** A lane in which at most so many wait or work. It throws Problem `overloaded` for one more. */
export function oneAtATime(most: number): Lane {
  let [inside, last]: [number, Promise<unknown>] = [0, Promise.resolve()]
  return async (signal, work) => {
    if (inside >= most) throw new Problem('overloaded')
    inside += 1
    const mine = last.then(() => {
      signal.throwIfAborted()
      return work()
    })
    last = mine.catch(() => {})
    return mine.finally(() => {
      inside -= 1
    })
  }
}
