import { isKnown } from '../engine/bounds.js'
import type { LeafNode, Required } from '../engine/condition-node.js'
import { type LeafReading, metOf } from '../engine/explain.js'
import type { FactDefinition } from '../engine/fact-definition.js'
import { type HouseholdFacts, statedValue } from '../engine/fact-values.js'
import { divide, multiply, type Ratio, subtract, toNumber, whole } from '../engine/ratio.js'
import { dateText } from '../model/civil-date.js'
import type { Reason } from '../model/determination.js'
import type { Language } from '../model/language.js'
import type { AnswerContext } from './answer-context.js'
import { clausesOfLeaf } from './rule-facts.js'
import { comparisonText, metText, mustBeText, quantityText } from './words.js'

/** Decimals of an actual value or a margin in an answer. */
const DECIMALS = 6

/** One leaf of a determination: what was required, what was found, how far apart, under which clauses. */
export function buildReason(
  { leaf, byte, decisive }: LeafReading,
  member: number,
  context: AnswerContext,
): Reason {
  const { facts, language } = context
  const { fact, operator, required } = leaf
  const met = metOf(byte)
  const amount = amountOf(fact, facts, member)
  const margin = amount === null ? null : marginOf(leaf, amount)
  return {
    condition: leaf.pointer,
    fact: fact.id,
    operator,
    required: required as Reason['required'],
    actual: actualOf(fact, facts, member, amount),
    ...(fact.unit !== null && { unit: fact.unit }),
    met,
    ...(margin !== null && { margin }),
    decisive,
    clauses: [...clausesOfLeaf(leaf)],
    interpretations: [...leaf.interpretations],
    text: metText(leafText(leaf, context), met, language),
  }
}

/** A known number in units of the edge, exactly; null when unknown or no number. */
function amountOf(fact: FactDefinition, facts: HouseholdFacts, member: number): Ratio | null {
  if (fact.type !== 'integer' && fact.type !== 'decimal') return null
  const bounds = facts.boundsOf(fact, member)
  if (bounds.kind !== 'number' || !isKnown(bounds)) return null
  return fact.money ? divide(bounds.lo, whole(fact.scale)) : bounds.lo
}

function actualOf(
  fact: FactDefinition,
  facts: HouseholdFacts,
  member: number,
  amount: Ratio | null,
): Reason['actual'] {
  if (amount !== null) return toNumber(amount, DECIMALS)
  const stated = statedValue(facts, fact, member)
  if (stated !== undefined) return stated as Reason['actual']
  const bounds = facts.boundsOf(fact, member)
  if (!isKnown(bounds)) return null
  switch (bounds.kind) {
    case 'boolean':
      return bounds.reading !== 0
    case 'number':
      return dateText(bounds.lo.n)
    case 'code':
      return (bounds.codes as readonly string[])[0] as string
    case 'set':
      return [...bounds.certain]
  }
}

/** How far a number lies on the good (+) or bad (−) side of the figure, in its unit. */
function marginOf(leaf: LeafNode, amount: Ratio): number {
  const required = divide(whole(leaf.steps), whole(leaf.fact.scale))
  const above = subtract(amount, required)
  const sign = SIGN[leaf.operator]
  if (sign !== undefined) return toNumber(multiply(above, whole(sign)), DECIMALS) + 0
  const apart = Math.abs(toNumber(above, DECIMALS))
  return leaf.operator === 'equal' ? 0 - apart : apart
}

const SIGN: Readonly<Record<string, number>> = {
  lessThan: -1,
  lessThanInclusive: -1,
  greaterThan: 1,
  greaterThanInclusive: 1,
}

const TEXTS: Readonly<Record<Language, WeakMap<LeafNode, string>>> = {
  zh: new WeakMap(),
  en: new WeakMap(),
}

/** A leaf in words, rendered once for each rule version and language. */
export function leafText(
  leaf: LeafNode,
  { rulebook, language }: Pick<AnswerContext, 'rulebook' | 'language'>,
): string {
  const before = TEXTS[language].get(leaf)
  if (before !== undefined) return before
  const label = leaf.fact.fact.label[language]
  const { required, operator } = leaf
  const text =
    typeof required === 'boolean'
      ? mustBeText(label, required === (operator === 'equal'), language)
      : comparisonText(
          label,
          operator,
          requiredText(required, leaf.fact, { rulebook, language }),
          language,
        )
  TEXTS[language].set(leaf, text)
  return text
}

/** Years that have passed since a date are an age; others are a duration. */
function unitOf({ unit, derive }: FactDefinition): string | null {
  return unit === 'years' && derive?.kind === 'elapsed' ? 'age' : unit
}

function requiredText(
  required: Exclude<Required, boolean>,
  fact: FactDefinition,
  { rulebook, language }: Pick<AnswerContext, 'rulebook' | 'language'>,
): string {
  if (typeof required === 'number') return quantityText(required, unitOf(fact), language)
  const name = (code: string): string =>
    fact.fact.values?.[code]?.[language] ?? rulebook.jurisdictions.get(code)?.name[language] ?? code
  return ([required].flat() as readonly string[]).map(name).join(language === 'zh' ? '、' : ', ')
}
