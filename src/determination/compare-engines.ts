import { NO_MEMBER } from '../engine/fact-values.js'
import { readWithJsonRulesEngine } from '../engine/json-rules-engine.js'
import type { Preparation } from './prepare.js'
import type { Readings } from './read-compiled.js'

/** Where the second engine reads a root condition otherwise than these readings do; empty: nowhere. */
export async function compareEngines(
  { facts, selection }: Preparation,
  readings: Readings,
): Promise<readonly string[]> {
  const { household, member } = selection.plan
  const subjects = [
    { plan: household, bytes: readings.household, index: NO_MEMBER },
    ...readings.members.map((bytes, index) => ({ plan: member, bytes, index })),
  ]
  const found = await Promise.all(
    subjects.map(async ({ plan, bytes, index }) => {
      const conditions = plan.versions.map(({ version }) => version.rule.conditions)
      const second = await readWithJsonRulesEngine(conditions, facts, index)
      return plan.versions.flatMap(({ version, root }, place) => {
        const { certainly, possibly } = second[place] as { certainly: boolean; possibly: boolean }
        const byte = Number(certainly) | (Number(possibly) << 1)
        return byte === bytes[root.byte]
          ? []
          : [`${version.rule.id}: engines disagree, ${bytes[root.byte]} and ${byte}`]
      })
    }),
  )
  return found.flat()
}
