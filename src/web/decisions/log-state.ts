import { queryOptions } from '@tanstack/react-query'
import type { Asking } from '../api/client.ts'
import { fetchCheckpoint, fetchDeliveries, fetchPublicKeys } from '../api/ledger.ts'
import { canHash } from './proof/bytes.ts'
import { standingOf, verdictOf, verifiersOf } from './proof/check-decision.ts'
import { parseCheckpoint } from './proof/signed-note.ts'
import { type StepStanding, step } from './proof/step.ts'

/** The newest checkpoint, who signed it, the keys for it, and where it was taken. */
export const logState = (asking: Asking) =>
  queryOptions({
    gcTime: 0,
    retry: false,
    queryKey: ['log', asking.token],
    queryFn: async () => {
      // First: whoever may not see it is refused once, not three times.
      const { note, signedAt } = await fetchCheckpoint(asking)
      const [{ keys }, { deliveries }] = await Promise.all([
        fetchPublicKeys(asking),
        fetchDeliveries(asking),
      ])
      const lines = keys.map(({ verifier }) => verifier)
      return { note, signedAt, lines, deliveries, signature: await signatureOf(note, lines) }
    },
  })

export type LogState = Awaited<ReturnType<NonNullable<ReturnType<typeof logState>['queryFn']>>>

async function signatureOf(note: string, lines: readonly string[]): Promise<StepStanding> {
  const checkpoint = parseCheckpoint(note)
  if (!canHash()) return 'uncheckable'
  if (checkpoint === null) return 'failed'
  const { standing } = await step('checkpoint', async () =>
    standingOf(await verdictOf(checkpoint, await verifiersOf(lines))),
  )
  return standing
}
