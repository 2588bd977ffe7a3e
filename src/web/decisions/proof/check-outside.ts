import { fromBase64 } from './bytes.ts'
import { standingOf, verdictOf, verifiersOf } from './check-decision.ts'
import { isConsistent } from './merkle-proof.ts'
import { parseCheckpoint } from './signed-note.ts'
import { type Step, step } from './step.ts'

/** A checkpoint that was kept elsewhere, and the log as it is now. */
export interface Outside {
  /** The signed checkpoint, and the verifier lines of the keys it is held against. */
  readonly kept: string
  readonly keys: readonly string[]
  /** The newest checkpoint of the log. */
  readonly note: string
  /** Hashes of the consistency proof between two sizes, in base64. */
  readonly prove: (from: number, to: number) => Promise<readonly string[]>
}

/**
 * Whether a checkpoint kept elsewhere is the beginning of the log as it is now: read, signed by
 * the log's key, and led to today's root by a consistency proof. Rewriting the log breaks the last.
 */
export async function checkOutside(outside: Outside): Promise<readonly Step[]> {
  const { prove } = outside
  const now = parseCheckpoint(outside.note)
  // A text that was pasted may have lost its last line end.
  const kept = parseCheckpoint(`${outside.kept.trim()}\n`)
  if (kept === null || now === null) return [{ name: 'outside', standing: 'failed' }]
  const verifiers = await verifiersOf(outside.keys)
  const hashes = kept.size > now.size ? [] : await prove(kept.size, now.size)
  return Promise.all([
    step('outside', async () => ({
      standing: kept.origin === now.origin && kept.size <= now.size ? 'passed' : 'failed',
      stated: `${kept.origin} · ${kept.size}`,
      found: `${now.origin} · ${now.size}`,
    })),
    step('outsideSigned', async () => standingOf(await verdictOf(kept, verifiers))),
    step('outsideBegins', async () => {
      const [from, to] = [kept, now].map(({ size, root }) => ({ size, root: fromBase64(root) }))
      const holds =
        from !== undefined &&
        to !== undefined &&
        (await isConsistent({ from, to, hashes: hashes.map(fromBase64) }))
      return { standing: holds ? 'passed' : 'failed' }
    }),
  ])
}
