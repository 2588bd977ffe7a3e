import { setTimeout as wait } from 'node:timers/promises'
import type { Language } from '../../model/language.js'
import { screeningAnswer } from './screening-answer.js'
import { hasEnded } from './screening-record.js'
import type { ScreeningRun } from './screening-run.js'

/** Milliseconds between two looks, and after which a silent line gets a comment to keep it open. */
const LOOK_EVERY = 500
const SILENCE = 5_000

/** The id of the last event: who has seen it asks no more. */
export const LAST_EVENT = 'end'

/**
 * Server-sent events of a screening (HTML Living Standard, 9.2): `progress` whenever something has
 * changed, each with the whole state, so that a client may come and go; at the end one `outcome`.
 */
export async function* screeningEvents(
  run: ScreeningRun,
  language: Language,
  silence = SILENCE,
): AsyncGenerator<string> {
  let [seen, silent, count] = ['', 0, 0]
  while (!hasEnded(run.record)) {
    const state = JSON.stringify(screeningAnswer(run, language))
    if (state !== seen) {
      count += 1
      yield `id: ${count}\nevent: progress\ndata: ${state}\n\n`
      ;[seen, silent] = [state, 0]
    } else if (silent >= silence) {
      yield ':\n\n'
      silent = 0
    }
    await Promise.race([run.done, wait(LOOK_EVERY)])
    silent += LOOK_EVERY
  }
  await run.done
  const outcome = JSON.stringify(screeningAnswer(run, language))
  yield `id: ${LAST_EVENT}\nevent: outcome\ndata: ${outcome}\n\n`
}
