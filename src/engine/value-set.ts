import { ASKABLE, dayOf } from '../model/civil-date.js'
import { MAX_MEMBERS } from '../model/household.js'
import type { NumberBounds } from './bounds.js'
import type { LeafNode } from './condition-node.js'
import { type FactDefinition, isRatio } from './fact-definition.js'
import { UNLISTED_MEMBER } from './fact-values.js'
import { unknownHousehold } from './household-facts.js'
import { inSteps } from './load-facts.js'

/** Disjoint ranges of whole numbers, both ends included, in order. */
export interface NumberSet {
  readonly kind: 'numbers'
  readonly ranges: readonly (readonly [from: number, to: number])[]
}
/** These codes, or with `except` every other one of an open list. */
export interface CodeSet {
  readonly kind: 'codes'
  readonly codes: readonly string[]
  readonly except: boolean
}
/** Some of the values a fact can have. */
export type ValueSet = NumberSet | CodeSet

/** The values both sets hold; both are about one fact. */
export function intersect(a: ValueSet, b: ValueSet): ValueSet {
  if (a.kind === 'numbers') {
    const ranges = a.ranges.flatMap(([from, to]) =>
      (b as NumberSet).ranges.map(([least, most]): [number, number] => [
        Math.max(from, least),
        Math.min(to, most),
      ]),
    )
    return { kind: 'numbers', ranges: ranges.filter(([from, to]) => from <= to) }
  }
  return codesInBoth(a, b as CodeSet)
}

function codesInBoth(a: CodeSet, b: CodeSet): CodeSet {
  if (a.except && b.except) return { ...a, codes: [...new Set([...a.codes, ...b.codes])].sort() }
  const [listed, other] = a.except ? [b, a] : [a, b]
  const codes = listed.codes.filter((code) => other.codes.includes(code) !== other.except)
  return { kind: 'codes', codes, except: false }
}

/** Whether a set holds nothing. */
export function isEmpty(set: ValueSet): boolean {
  return set.kind === 'numbers' ? set.ranges.length === 0 : !set.except && set.codes.length === 0
}

/** What a comparison looks at, the values it accepts, and the other values its fact can have. */
export interface Comparison {
  /** The fact, or one code of a set. */
  readonly variable: string
  readonly accepts: ValueSet
  readonly refuses: ValueSet
}

/** The operators that are the denial of another one. */
const DENIALS: readonly string[] = ['notEqual', 'notIn', 'doesNotContain']

/** A comparison as sets of values, within what the dictionary and the derivation allow. */
export function comparisonOf(leaf: LeafNode): Comparison {
  const affirmed = isOrdered(leaf.fact) ? numbersOf(leaf) : codesOf(leaf)
  if (!DENIALS.includes(leaf.operator)) return affirmed
  return { ...affirmed, accepts: affirmed.refuses, refuses: affirmed.accepts }
}

function isOrdered({ type }: FactDefinition): boolean {
  return type === 'integer' || type === 'decimal' || type === 'date'
}

function codesOf({ fact, codes, required }: LeafNode): Comparison {
  if (fact.type === 'code-set') {
    // Each code of a set is a question of its own: it is in the set, or it is not.
    const [accepts, refuses] = [closed(['in']), closed(['out'])]
    return { variable: `${fact.id} ${codes[0]}`, accepts, refuses }
  }
  const all = fact.type === 'boolean' ? ['false', 'true'] : fact.codes
  const named = fact.type === 'boolean' ? [String(required)] : [...codes].sort()
  const rest = all?.filter((code) => !named.includes(code)).sort()
  const refuses: CodeSet =
    rest === undefined ? { kind: 'codes', codes: named, except: true } : closed(rest)
  return { variable: fact.id, accepts: closed(named), refuses }
}

function closed(codes: readonly string[]): CodeSet {
  return { kind: 'codes', codes, except: false }
}

/**
 * Numbers held in steps are whole. A ratio can lie between two steps: then step n stands at 2n,
 * and everything between n and n + 1 at 2n + 1.
 */
function numbersOf({ fact, operator, steps }: LeafNode): Comparison {
  const between = isRatio(fact)
  const at = between ? steps * 2 : steps
  const [least, most] = domainOf(fact).map((end) => (between ? end * 2 : end)) as [number, number]
  const ends: Readonly<Record<string, [number, number]>> = {
    lessThan: [least, at - 1],
    lessThanInclusive: [least, at],
    greaterThan: [at + 1, most],
    greaterThanInclusive: [at, most],
  }
  const [from, to] = ends[operator] ?? [at, at]
  const ranges = (list: readonly (readonly [number, number])[]): NumberSet => ({
    kind: 'numbers',
    ranges: list
      .map(([low, high]) => [Math.max(low, least), Math.min(high, most)] as const)
      .filter(([low, high]) => low <= high),
  })
  return {
    variable: fact.id,
    accepts: ranges([[from, to]]),
    refuses: ranges([
      [least, from - 1],
      [to + 1, most],
    ]),
  }
}

const DOMAINS = new WeakMap<FactDefinition, readonly [number, number]>()

/** Least and greatest value, in steps: of the dictionary, and of the derivation where it reaches further. */
function domainOf(fact: FactDefinition): readonly [number, number] {
  const before = DOMAINS.get(fact)
  if (before !== undefined) return before
  const ends = fact.derive === undefined ? [] : DAYS.flatMap((day) => derivedEnds(fact, day))
  const domain = [Math.min(fact.min, ...ends), Math.max(fact.max, ...ends)] as const
  DOMAINS.set(fact, domain)
  return domain
}

/** The first and the last day that can be asked for. */
const DAYS = [ASKABLE.first, ASKABLE.last].map(dayOf)

function derivedEnds(fact: FactDefinition, day: number): readonly number[] {
  const facts = unknownHousehold(day, '', { least: 1, most: MAX_MEMBERS })
  const { lo, hi } = facts.derivedBounds(fact, UNLISTED_MEMBER) as NumberBounds
  return [inSteps(lo, fact), inSteps(hi, fact)].map(({ n, d }) => n / d)
}
