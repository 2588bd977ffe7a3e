import type { Dictionary } from '../engine/fact-definition.js'
import { parseRule, type Rule } from '../engine/rule.js'
import { factsOf } from '../engine/typing.js'
import type { Entity } from '../model/fact.js'
import type { RuleVersion } from '../model/rule-version.js'
import { isCountable } from './is-countable.js'

type Report = (pointer: string, reason: string) => void

const AMOUNT = '/entitlement/amount'
/** Where a top-up's parts stand in the file; the engine types them as one amount. */
const TOP_UP: readonly (readonly [string, string])[] = [
  [`${AMOUNT}/max/1/multiply/0/subtract/0`, '/entitlement/standard'],
  [`${AMOUNT}/max/1/multiply/0/subtract/1`, '/entitlement/against'],
  [`${AMOUNT}/max/1/multiply/1`, '/entitlement/times'],
]

/** A rule version typed by the engine, with every defect at its pointer in the file. */
export function typeRule(
  version: RuleVersion,
  subject: Entity,
  dictionary: Dictionary,
  report: Report,
): Rule | undefined {
  const typing = {
    ...factsOf(dictionary),
    parameters: version.parameters,
    member: subject === 'member',
    report,
  }
  const sound = version.scorecard === undefined || isCountable(version.scorecard, typing)
  const rule = parseRule(version, subject, dictionary, (pointer, reason) => {
    // The items were reported one by one, at their own places.
    if (!pointer.startsWith('/scorecard')) report(filePointer(version, pointer), reason)
  })
  return sound ? rule : undefined
}

/** What only their sum shows, such as money beside a number, is of the entitlement as a whole. */
function filePointer(version: RuleVersion, pointer: string): string {
  if (version.entitlement.kind !== 'top-up' || !pointer.startsWith(AMOUNT)) return pointer
  const part = TOP_UP.find(([prefix]) => pointer.startsWith(prefix))
  return part === undefined ? '/entitlement' : part[1] + pointer.slice(part[0].length)
}
