import { Problem } from '../model/errors.js'

/**
 * Lets one request compute at each turn of the event loop, in the order they came, so that probes
 * and timers run in between. Throws Problem `overloaded` when `most` are waiting already.
 */
export function takeTurns(most: number): () => Promise<void> {
  let waiting = 0
  let last: Promise<unknown> = Promise.resolve()
  return async () => {
    if (waiting >= most) throw new Problem('overloaded')
    waiting += 1
    last = last.then(() => new Promise(setImmediate))
    await last
    waiting -= 1
  }
}
