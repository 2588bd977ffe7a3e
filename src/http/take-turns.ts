import { Problem } from '../model/errors.js'

/** Milliseconds of computing after which a turn of the event loop belongs to others. */
const SHARE = 10

/**
 * Lets requests compute at once while a turn of the event loop has computed for less than its
 * share, and one at each later turn, in the order they came, so that probes and timers run in
 * between. Throws Problem `overloaded` when `most` are waiting already.
 */
export function takeTurns(most: number): () => Promise<void> {
  let waiting = 0
  let last: Promise<unknown> = Promise.resolve()
  let began: number | null = null
  const hasShare = (): boolean => {
    const now = performance.now()
    if (began === null) {
      began = now
      setImmediate(() => {
        began = null
      })
    }
    return now - began < SHARE
  }
  return async () => {
    if (waiting === 0 && hasShare()) return
    if (waiting >= most) throw new Problem('overloaded')
    waiting += 1
    last = last.then(() => new Promise(setImmediate))
    await last
    waiting -= 1
  }
}
