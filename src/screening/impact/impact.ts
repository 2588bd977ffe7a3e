import type { DuckDBConnection } from '@duckdb/node-api'
import type { FactDefinition } from '../../engine/fact-definition.js'
import type { Rulebook } from '../../rulebook/rulebook.js'
import { batchesOf, keysDone } from '../batches.js'
import { countLoaded, type LoadedCounts } from '../count-loaded.js'
import type { Loaded } from '../input/fact-tables.js'
import { load, type Progress } from '../screen.js'
import { planFor } from '../screening-plan.js'
import { type ScreeningQuestion, selectRules } from '../select-rules.js'
import { inWorkspace, type Resources } from '../workspace.js'
import { createChanges, readChanges } from './changes.js'
import { compareBatch } from './compare-batch.js'
import { type ShownImpact, showImpact } from './show-impact.js'

/** One side of a comparison. */
interface Side extends ScreeningQuestion {
  readonly rulebook: Rulebook
}

/** Two sets of rules on one population. */
export interface ImpactOrder extends Resources {
  readonly before: Side
  readonly after: Side
  readonly households: string
  readonly members?: string
  readonly sample?: number
  readonly batch?: number
  readonly progress?: (progress: Progress) => void
}

/** What changes when one set of rules takes the place of another. */
export interface Impact extends LoadedCounts, ShownImpact {
  readonly before: DescribedSide
  readonly after: DescribedSide
}

interface DescribedSide {
  readonly asOf: string
  readonly knownAt: string
  /** Digest. */
  readonly rulebook: string
}

/** Compares two sets of rules on one population. Throws InputError; an abort rejects. */
export async function impact(order: ImpactOrder): Promise<Impact> {
  const { before, after, signal, progress } = order
  return inWorkspace(order, async ({ connection }) => {
    progress?.({ phase: 'loading', done: 0, total: 0 })
    // Nobody may be born after either day, and a draft may know more facts.
    const asOf = before.asOf < after.asOf ? before.asOf : after.asOf
    const loaded = await load(connection, { ...order, rulebook: after.rulebook, asOf })
    signal?.throwIfAborted()
    return compare(connection, loaded, order)
  })
}

/** Two sets of rules, on facts that stand in the fact tables. */
export type Comparison = Pick<ImpactOrder, 'before' | 'after' | 'batch' | 'signal' | 'progress'>

/** Compares two sets of rules on facts that are loaded; makes tables of its own beside them. */
export async function compare(
  connection: DuckDBConnection,
  { facts }: Loaded,
  order: Comparison,
): Promise<Impact> {
  const { before, after, signal, progress } = order
  const ids = new Set([...facts].map(({ id }) => id))
  const plansOf = (side: Side) =>
    selectRules(side.rulebook, side).jurisdictions.map((rules) => planFor(rules, side, ids))
  const plans = { before: plansOf(before), after: plansOf(after) }
  const dimensions = dimensionsOf(after.rulebook, ids)
  await createChanges(connection)
  const batches = await batchesOf(connection, order.batch)
  for (const batch of batches) {
    await compareBatch(connection, plans, batch, dimensions)
    signal?.throwIfAborted()
    progress?.({ phase: 'screening', ...keysDone(batches, batch) })
  }
  const rows = await readChanges(connection)
  return {
    before: described(before),
    after: described(after),
    ...(await countLoaded(connection)),
    ...showImpact(rows, { plans, rulebook: after.rulebook, dimensions }),
  }
}

function described({ asOf, knownAt, rulebook }: Side): DescribedSide {
  return { asOf, knownAt, rulebook: rulebook.digest }
}

/** What households are grouped by beside their size: citizens' facts with a closed list of codes. */
function dimensionsOf(
  { dictionary }: Rulebook,
  ids: ReadonlySet<string>,
): readonly FactDefinition[] {
  return [...dictionary.values()].filter(
    ({ id, entity, type, codes, fact }) =>
      entity === 'household' &&
      type === 'code' &&
      codes !== null &&
      fact.source === 'citizen' &&
      ids.has(id),
  )
}
