import { segment } from '../../engine/typing.js'
import { canonicalJson } from '../digest.js'
import type { Rulebook } from '../rulebook.js'
import type { Finding } from './finding.js'

/** Branches of a computation that stand twice, of versions and of derived facts. */
export function repeatedBranches({ programmes, facts }: Rulebook): readonly Finding[] {
  const versions = [...programmes.values()].flatMap((programme) => programme.versions)
  const found = (id: string, json: unknown) =>
    repeatedIn(json, '').map((pointer) => ({
      id: `repeated-branch ${id} ${pointer}`,
      reason: 'the same stands before it in the list',
    }))
  return [
    ...versions.flatMap(({ rule, json }) => found(rule.id, json)),
    ...facts.flatMap(({ id, derive }) => found(id, { derive })),
  ]
}

/** What tells the branches of a form apart: the first whose condition holds, else all of it. */
const TELLING: Readonly<Record<string, (branch: unknown) => unknown>> = {
  when: (branch) => (branch as { if: unknown }).if,
  highest: (branch) => branch,
  min: (branch) => branch,
  max: (branch) => branch,
}

function repeatedIn(json: unknown, pointer: string): readonly string[] {
  if (typeof json !== 'object' || json === null) return []
  return Object.entries(json).flatMap(([key, value]) => {
    const place = pointer + segment(key)
    return [...repeatedBelow(key, value, place), ...repeatedIn(value, place)]
  })
}

function repeatedBelow(key: string, value: unknown, pointer: string): readonly string[] {
  const telling = TELLING[key]
  if (telling === undefined || !Array.isArray(value)) return []
  const told = value.map((branch) => canonicalJson(telling(branch)))
  return told.flatMap((text, index) => (told.indexOf(text) < index ? [`${pointer}/${index}`] : []))
}
