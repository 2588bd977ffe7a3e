import type { Dictionary } from '../engine/fact-definition.js'
import { parseCondition } from '../engine/parse-condition.js'
import { parseExpression } from '../engine/parse-expression.js'
import { parseRule, type Rule } from '../engine/rule.js'
import type { Typing } from '../engine/typing.js'
import type { Entity } from '../model/fact.js'
import type { RuleVersion, ScorecardItem } from '../model/rule-version.js'

type Report = (pointer: string, reason: string) => void

/** Where a top-up's parts stand in the file; the engine types them as one amount. */
const TOP_UP: readonly (readonly [string, string])[] = [
  ['/entitlement/amount/max/1/multiply/0/subtract/0', '/entitlement/standard'],
  ['/entitlement/amount/max/1/multiply/0/subtract/1', '/entitlement/against'],
  ['/entitlement/amount/max/1/multiply/1', '/entitlement/times'],
  ['/entitlement/amount', '/entitlement'],
]

/** A rule version typed by the engine, with every defect at its pointer in the file. */
export function typeRule(
  version: RuleVersion,
  subject: Entity,
  dictionary: Dictionary,
  report: Report,
): Rule | undefined {
  const typing = {
    fact: (id: string) => dictionary.get(id),
    parameters: version.parameters,
    member: subject === 'member',
    report,
  }
  const sound = (version.scorecard?.items ?? [])
    .map((item, index) => isSound(item, `/scorecard/items/${index}`, typing))
    .every(Boolean)
  const rule = parseRule(version, subject, dictionary, (pointer, reason) => {
    // The items were reported one by one, at their own places.
    if (!pointer.startsWith('/scorecard')) report(filePointer(version, pointer), reason)
  })
  return sound ? rule : undefined
}

/** Whether one line of a points table can be counted; every defect is reported at its place. */
function isSound(item: ScorecardItem, pointer: string, typing: Typing): boolean {
  const { points, perYear, unless } = item
  if ((points === undefined) === (perYear === undefined)) {
    typing.report(pointer, 'an item has either points or perYear')
    return false
  }
  const counted = perYear?.points ?? [points]
  const place = perYear === undefined ? () => `${pointer}/points` : inYear(pointer)
  const typed = counted.map((json, index) => isPoints(json, place(index), typing))
  const excluded =
    unless === undefined || parseCondition(unless, `${pointer}/unless`, typing, false) !== undefined
  return typed.every(Boolean) && excluded
}

function inYear(pointer: string): (year: number) => string {
  return (year) => `${pointer}/perYear/points/${year}`
}

function isPoints(json: unknown, pointer: string, typing: Typing): boolean {
  const node = parseExpression(json, pointer, typing)
  if (node === undefined || node.type === 'number') return node !== undefined
  typing.report(pointer, `points are a number, not a ${node.type}`)
  return false
}

function filePointer(version: RuleVersion, pointer: string): string {
  if (version.entitlement.kind !== 'top-up') return pointer
  const [from, to] = TOP_UP.find(([prefix]) => pointer.startsWith(prefix)) ?? ['', '']
  return to + pointer.slice(from.length)
}
